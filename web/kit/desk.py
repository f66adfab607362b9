"""What a page has at hand: the database, the office's rules, and the database's own time."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy.engine import Engine
from starlette.responses import HTMLResponse, RedirectResponse

from config.act import Act
from config.clock import office_day
from config.office import Office
from flows.actions.installation.instant import Leap, read_clock
from rules.people.viewer import Viewer
from rules.vocabulary import Actor, Way
from web.kit.alarms import Banner, banners
from web.kit.gates import Audience, head_of, is_open, pass_gate
from web.kit.rendering import page
from web.kit.unsaved import typed_in
from web.kit.words import DONE
from web.visitors.visitor import CLOCK, NOBODY, VISITOR, Visitor
from web.visitors.way_in import HERE, WAY_IN, WayIn


@dataclass(frozen=True, slots=True)
class Desk:
    """One request's view of the office; ``done`` is the word of the action just finished.

    ``leap``: the machine's clock is not believed, and ``now`` is an instant before it.
    ``posted``: what was typed in the form that was sent; a page that refuses it shows all of it.
    ``visitor``: who signed in; ``NOBODY`` in an office that has no account yet. ``way_in``: where from.
    """

    engine: Engine
    office: Office
    now: datetime
    done: str
    leap: Leap | None = None
    posted: list[str] = field(default_factory=list)
    visitor: Visitor = NOBODY
    way_in: WayIn = HERE

    @property
    def today(self) -> date:
        """The office's day of ``now``."""
        return office_day(self.now)

    def act(self, actor: Actor, body: str | None = None, capacity: str = "") -> Act:
        """What whoever sits at this page does, in the role and for the body that were chosen.

        Who decides for the committee does it for the body of the own seat, where none was chosen.
        Raises NotAllowed when none of the visitor's seats has that role for that body.
        """
        seat = self.visitor.seat(actor, body)
        if seat is not None and actor is Actor.ASSIGNER:
            body = seat.body
        doer = self.visitor.doer_in(seat)
        return Act(actor, self.now, self.office, Way.PAGE, body, capacity, doer)

    def keeping(self) -> Act:
        """What the secretariat, or who keeps the installation, does to letters, addresses and the clock.

        Raises NotAllowed.
        """
        doer = self.visitor.doer_in(self.visitor.keeping_seat())
        return Act(Actor.SECRETARIAT, self.now, self.office, Way.PAGE, doer=doer)

    def looking(self, actor: Actor) -> Act:
        """An act that nobody does: by it a page tells what could be done in a role."""
        return Act(actor, self.now, self.office, Way.PAGE)

    @property
    def viewer(self) -> Viewer:
        """What is open to whoever sits at this page."""
        return self.visitor.viewer

    def show(self, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """The page of ``template`` with the date, the banners and the message every page carries."""
        done, head = DONE.get(self.done), head_of(self.viewer)
        context |= {"today": self.today, "alarms": self._alarms(), "done": done, "in_use": self.office}
        context |= {"viewer": self.viewer, "head": head, "visitor": self.visitor, "way_in": self.way_in}
        return page(template, status=status, posted=self.posted, **context)

    def _alarms(self) -> list[Banner]:
        """What stands above the page, for who must know it; a link only where it leads somewhere."""
        if not (self.visitor.may_look and is_open(self.viewer, Audience.WATCH)):
            return []
        found = banners(self.engine, self.today, self.office, self.leap)
        letters = is_open(self.viewer, Audience.LETTERS)
        return found if letters else [replace(one, link="", link_words="") for one in found]


def _desk(request: Request) -> Desk:
    state = request.app.state
    clock = request.scope.get(CLOCK) or read_clock(state.engine)
    done = request.query_params.get("xong", "")
    visitor, way_in = request.scope.get(VISITOR, NOBODY), request.scope.get(WAY_IN, HERE)
    pass_gate(visitor.viewer, request.method, request.scope["route"].path)
    typed = typed_in(request)
    return Desk(state.engine, state.office(), clock.now, done, clock.leap, typed, visitor, way_in)


AtDesk = Annotated[Desk, Depends(_desk)]


def see(address: str) -> RedirectResponse:
    """After a POST: go and look at ``address`` (303, so that reloading repeats nothing)."""
    return RedirectResponse(address, status_code=303)
