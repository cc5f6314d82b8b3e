"""The tables of ``journal.db``."""

__all__ = ["FORMAT", "TABLES"]

FORMAT = 1
"""The version of this layout, in the ``about`` table; a reader refuses a newer one."""

TABLES = """
create table about (key text primary key, value text not null) without rowid;
create table agents (rank integer primary key, name text not null unique, persona text not null);
create table events (
    step integer not null,
    grp integer not null,
    rank integer not null,
    ordinal integer not null,
    kind text not null,
    causes text not null,
    data text not null,
    primary key (step, grp, rank, ordinal)
) without rowid;
create table inputs (
    step integer not null,
    rank integer not null,
    purpose text not null,
    ordinal integer not null,
    attempt integer not null,
    request text not null,
    payload text not null,
    seconds real not null,
    primary key (step, rank, purpose, ordinal, attempt)
) without rowid;
create table snapshots (
    step integer not null,
    part text not null,
    agent text not null,
    state text not null,
    primary key (step, part, agent)
) without rowid;
"""
