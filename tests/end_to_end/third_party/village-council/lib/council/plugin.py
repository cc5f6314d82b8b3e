from troupe_core.plugin import Component, hookimpl


@hookimpl
def troupe_environments() -> list[Component]:
    return [
        Component(
            name="council",
            summary="Motions are put, spoken to and voted on, one after the other.",
            factory="council.meeting:Meeting",
            config="council.settings:MeetingSettings",
        )
    ]


@hookimpl
def troupe_tools() -> list[Component]:
    return [
        Component(
            name="purse",
            summary="What the village can afford: reckons costs against what is in the purse.",
            factory="council.purse:Purse",
            config="council.settings:PurseSettings",
        )
    ]


@hookimpl
def troupe_analyzers() -> list[Component]:
    return [
        Component(
            name="turnout", summary="Which motions were carried, and who voted.", factory="council.turnout:Turnout"
        )
    ]
