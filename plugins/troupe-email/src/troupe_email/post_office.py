"""The tool `email`: what agents can do with mail, and what the post brings them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Literal

from troupe_core.plugin import (
    JSON,
    ActionSpec,
    AgentId,
    Change,
    Context,
    Delivery,
    Media,
    Now,
    Outcome,
    Refusal,
    Stimulus,
    Tool,
    Turn,
    action,
    clipped,
)
from troupe_email.address_book import AddressBook
from troupe_email.arrivals import Arrivals
from troupe_email.config import Config
from troupe_email.drafting import MOST_SUBJECT, check_recipients, drafted
from troupe_email.mail import Mail
from troupe_email.mailboxes import Mailboxes
from troupe_email.message import checked_subject
from troupe_email.outside import SEND, Outside
from troupe_email.telling import line, notice, remembered, whole

__all__ = ["PostOffice"]

_MOST_EARLIER = 8


class PostOffice(Tool):
    """Mail between those who hold this tool: what is sent in one step arrives with the next."""

    reach: ClassVar[Literal["self", "holders", "everyone"]] = "holders"

    def __init__(self, config: Config) -> None:
        self._config = config
        self._book = AddressBook(config.domain)
        self._boxes = Mailboxes(config.mailbox)
        self._under_way: list[tuple[Mail, Stimulus]] = []
        self._next = 1
        self._served = False
        self._outside = None if config.smtp is None else Outside(config.smtp)
        self._arrivals = Arrivals(config.mails)
        self._offer = tuple(each.spec for name, each in self.declared_actions.items() if self._can(name))

    async def open(self, context: Context) -> None:
        self._context = context
        await self._arrivals.open(context)
        if self._outside is not None:
            self._outside.open(context)

    def actions(self, agent: AgentId) -> Sequence[ActionSpec]:
        return self._offer

    @action(effect="read")
    def inbox(self, turn: Turn) -> Outcome:
        """See which mails you got."""
        book, me = self._people(), turn.agent
        got = [mail for mail in self._boxes.of(me) if mail.sender != me or me in mail.to]
        new = sum(self._boxes.is_new(me, mail.number) for mail in got)
        head = f"{book.address(me)}: {len(got) or 'no'} mail{'' if len(got) == 1 else 's'}, {new} new."
        return Outcome(text=self._listed(head, got, me), remembered="")

    @action
    def read_mail(self, turn: Turn, number: int) -> Outcome:
        """Read a mail by number."""
        mail = self._own(turn.agent, number)
        self._boxes.mark_read(turn.agent, number)
        same = [each for each in self._boxes.of(turn.agent) if each.thread == mail.thread and each.number < number]
        return Outcome(text=whole(mail, self._people(), same[:_MOST_EARLIER][::-1]), remembered="")

    @action
    def send_mail(self, turn: Turn, to: list[str], subject: str, text: str) -> Outcome:
        """Send a mail with subject.

        Args:
            to: names
        """
        addressees = self._addressees(turn.agent, to)
        return self._post(turn, addressees, subject, text)

    @action
    def reply_mail(self, turn: Turn, number: int, text: str, to_all: bool) -> Outcome:
        """Answer a mail by number.

        Args:
            to_all: also to those who got it with you
        """
        mail, me = self._own(turn.agent, number), turn.agent
        wanted = [*(mail.to if mail.sender == me else [mail.sender]), *(mail.to if to_all else [])]
        others = [name for name in dict.fromkeys(wanted) if name != me] or [me]
        here = [name for name in others if name in self._people() or self._arrivals.knows(name)]
        addressees = self._addressees(me, here or others)
        subject = mail.subject if mail.subject.lower().startswith("re:") else f"Re: {mail.subject}".strip()
        return self._post(turn, addressees, subject, text, answers=mail)

    @action
    def forward_mail(self, turn: Turn, number: int, to: list[str], text: str) -> Outcome:
        """Pass a mail on by number, with what is attached.

        Args:
            to: names
        """
        mail = self._own(turn.agent, number)
        addressees = self._addressees(turn.agent, to)
        passed_on = f"{text.strip()}\n\n{mail.sender} wrote:\n{mail.text}".strip()
        subject = clipped(f"Fwd: {mail.subject}".strip(), MOST_SUBJECT)
        text = clipped(passed_on, self._config.max_text)
        return self._post(turn, addressees, subject, text, answers=mail, media=mail.media)

    @action(effect="read")
    def search_mail(self, turn: Turn, words: str) -> Outcome:
        """Find mails, got or sent, by words."""
        wanted = words.casefold().split()
        if not wanted:
            raise Refusal("Search for which words?")
        found = [mail for mail in self._boxes.of(turn.agent) if all(each in _all_of(mail) for each in wanted)]
        if not found:
            return Outcome(text=f'No mail has "{" ".join(words.split())[:60]}" in it.', remembered="")
        return Outcome(text=self._listed(f"{len(found)} found.", found, turn.agent), remembered="")

    @action(effect="external", capability=SEND)
    async def send_mail_outside(self, turn: Turn, to: list[str], subject: str, text: str) -> Outcome:
        """Send a real mail with subject out of here.

        Args:
            to: mail addresses
        """
        assert self._outside is not None
        check_recipients(to, self._config.max_recipients)
        addresses = self._outside.addressees(to)
        inside = next((each for each in addresses if not self._people().is_outside(each)), None)
        if inside is not None:
            raise Refusal(f"{inside} is not outside: use send_mail.")
        subject, text = drafted(checked_subject(subject), text, self._config.max_text)
        return await self._outside.send(turn, addresses, subject, text)

    async def advance(self, now: Now) -> Sequence[Change]:
        """What was sent in the last step arrives, and what the study lets arrive."""
        self._served = False
        arrived = [*self._from_outside(now), *self._under_way]
        self._under_way = []
        for mail, _ in arrived:
            for name in mail.to:
                if name in self._people():
                    self._boxes.put(AgentId(name), mail, new=True)
        self._served = False  # somebody may still come before the step begins
        return [Delivery(told, told.to) for _, told in arrived if told.to]

    def snapshot(self, agent: AgentId | None) -> JSON:
        if agent is not None:
            return None
        return {
            **self._boxes.to_json(),
            "known": list(self._book.known),
            "next": self._next,
            "arrived": self._arrivals.arrived,
            "gone_out": 0 if self._outside is None else self._outside.sent,
            "under_way": [[mail.to_json(), told.to_json()] for mail, told in self._under_way],
        }

    def restore(self, agent: AgentId | None, state: Any) -> None:
        self._boxes.restore(state)
        self._book.admit(map(AgentId, state["known"]))
        self._next, self._arrivals.arrived = state["next"], state["arrived"]
        if self._outside is not None:
            self._outside.sent = state["gone_out"]
        self._under_way = [(Mail.from_json(mail), Stimulus.from_json(told)) for mail, told in state["under_way"]]

    def _people(self) -> AddressBook:
        """The address book of those who are there now."""
        if not self._served:
            self._book.serve(self._context.holders())
            self._served = True
        return self._book

    def _can(self, action: str) -> bool:
        """Whether there is a way out for real mail, or ever something attached to pass on."""
        if action == "send_mail_outside":
            return self._outside is not None
        return action != "forward_mail" or self._arrivals.have_media

    def _from_outside(self, now: Now) -> list[tuple[Mail, Stimulus]]:
        found = []
        for each, to, media in self._arrivals.due(now.step, self._people()):
            subject, text = drafted(each.subject or "(no subject)", each.text, len(each.text))
            mail = self._made(each.sender, to, subject, text, now.time, media=media)
            told = notice(mail, self._config.preview, stranger=True)
            found.append((mail, Stimulus(text=told, kind="mail", to=tuple(to), media=media)))
        return found

    def _addressees(self, writer: AgentId, to: Sequence[str]) -> list[str]:
        check_recipients(to, self._config.max_recipients)
        return list(dict.fromkeys(self._addressee(writer, each) for each in to))

    def _addressee(self, writer: AgentId, word: str) -> str:
        book = self._people()
        if self._arrivals.knows(word):
            return word.strip()
        if book.is_outside(word):
            other = "" if self._outside is None else " Try send_mail_outside."
            raise Refusal(f"No mail goes to {word.strip()[:100]}: it is outside.{other}")
        return book.find(word, writer)

    def _own(self, agent: AgentId, number: int) -> Mail:
        mail = self._boxes.get(agent, number)
        if mail is None:
            raise Refusal(f"You have no mail no. {number}. Your inbox shows which you have.")
        return mail

    def _post(
        self,
        turn: Turn,
        to: Sequence[str],
        subject: str,
        text: str,
        *,
        answers: Mail | None = None,
        media: Media | None = None,
    ) -> Outcome:
        subject, text = drafted(subject, text, self._config.max_text)
        mail = self._made(turn.agent, to, subject, text, turn.now, answers=answers, media=media)
        inside = [AgentId(name) for name in to if name in self._people()]
        if inside:
            told = notice(mail, self._config.preview, stranger=False)
            self._under_way.append((mail, turn.emit(told, kind="mail", to=inside, media=media)))
        self._boxes.put(turn.agent, mail, new=False)
        return Outcome(remembered=remembered(mail))

    def _made(
        self,
        sender: str,
        to: Sequence[str],
        subject: str,
        text: str,
        at: datetime,
        *,
        answers: Mail | None = None,
        media: Media | None = None,
    ) -> Mail:
        number, self._next = self._next, self._next + 1
        return Mail(
            number=number,
            sender=sender,
            to=tuple(to),
            subject=subject,
            text=text,
            at=at,
            thread=number if answers is None else answers.thread,
            answers=None if answers is None else answers.number,
            media=media,
        )

    def _listed(self, head: str, mails: Sequence[Mail], reader: AgentId) -> str:
        shown = [
            line(each, reader, new=self._boxes.is_new(reader, each.number)) for each in mails[: self._config.listed]
        ]
        more = len(mails) - len(shown)
        return "\n".join([head, *shown, *([f"… and {more} older"] if more else [])])


def _all_of(mail: Mail) -> str:
    """All that a mail can be found by."""
    return "\n".join((mail.subject, mail.text, mail.sender, *mail.to)).casefold()
