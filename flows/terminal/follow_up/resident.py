"""``dondoc work``: a process that stays and ticks, for an office without Prefect or while it is away.

Every turn opens the database anew, so a restarted server is met fresh and a database of another release
is refused. What stands in the way is said once, until it changes or goes.
"""

import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread
from traceback import format_exc

from sqlalchemy.exc import DBAPIError

from config.clock import office_time
from flows.actions.follow_up.tick import TickReport, tick
from flows.actions.office import office_database, this_office
from flows.terminal.commands import say_of_files
from flows.terminal.screen import say
from flows.terminal.tick_words import HEADING, tick_lines
from flows.terminal.troubles import trouble_of
from rules.refusal import Refusal

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0  # seconds after one failure, and after many
ENDING = {signal.SIGTERM, signal.SIGINT}

Stop = Callable[[], bool]
Turn = Callable[[Stop], TickReport]


def work(every: float) -> None:
    """Tick until SIGTERM or SIGINT comes; a letter in the air is waited for. Returns, exit code 0."""
    ended = Event()
    end_on_signal(ended)
    say_of_files("")  # what is wrong with them each turn says
    say(f"Đang làm việc, mỗi {every:g} giây một lượt; dừng bằng Ctrl-C hoặc SIGTERM.")
    Resident(one_tick, every, ended).run()
    say("Đã dừng.")


def one_tick(stop: Stop) -> TickReport:
    """What ``dondoc tick`` does; ``stop`` is asked between two letters. Raises as it does."""
    engine = office_database()
    try:
        return tick(engine, this_office(), stop=stop)
    finally:
        engine.dispose()


def end_on_signal(ended: Event) -> None:
    """From now on SIGTERM and SIGINT set ``ended`` and do nothing else.

    A thread waits for them: a handler would run in the middle of anything, also of ``ended.wait()``,
    whose lock ``ended.set()`` needs. Call it before any other thread is started.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)

    def wait() -> None:
        signal.sigwait(ENDING)
        ended.set()

    Thread(target=wait, daemon=True).start()


@dataclass
class Resident:
    """The loop. ``say`` is for what was done, ``complain`` for what stands in the way."""

    turn: Turn
    every: float
    ended: Event
    say: Callable[[str], None] = say
    complain: Callable[[str], None] = field(default=lambda text: say(text, err=True))
    _failures: int = 0
    _trouble: str = ""
    _standing: str = ""

    def run(self) -> None:
        """Until ``ended`` is set."""
        while not self.ended.is_set():
            self.ended.wait(self._pause_after_turn())

    def _pause_after_turn(self) -> float:
        """One turn; how long to wait then."""
        try:
            report = self.turn(self.ended.is_set)
        except Refusal as refusal:
            return self._failed(f"{refusal}")
        except DBAPIError as error:
            return self._failed(f"Cơ sở dữ liệu ngừng trả lời giữa chừng ({type(error).__name__}).")
        except OSError as error:  # a folder that is full, gone or not ours
            return self._failed(f"{trouble_of(error)}")
        except Exception as error:
            return self._failed(f"Lỗi của chương trình ({type(error).__name__}).\n{format_exc()}")
        self._worked(report)
        return self.every

    def _failed(self, trouble: str) -> float:
        if trouble != self._trouble:
            self.complain(f"{trouble} Sẽ tự thử lại, không cần khởi động lại.")
        self._trouble, self._failures = trouble, self._failures + 1
        return float(min(FIRST_PAUSE * 2 ** (self._failures - 1), LONGEST_PAUSE))

    def _worked(self, report: TickReport) -> None:
        if self._trouble:
            self.say("Đã làm việc trở lại.")
        self._trouble, self._failures = "", 0
        text, done = one_line(report), did_something(report)
        if text and (done or text != self._standing):
            self.say(f"{office_time(report.now):%d/%m/%Y %H:%M} {text}")
        if not done:
            self._standing = text


def one_line(report: TickReport) -> str:
    """What a tick did and what it has to remind of, on one line; empty for nothing."""
    lines = (line for line in tick_lines(report) if not line.startswith(HEADING))  # its time is always news
    return "; ".join(line.removeprefix("  - ") for line in lines)


def did_something(report: TickReport) -> bool:
    """Whether anything was done; a mere reminder of what stands is said once, not by every tick."""
    issued, delivery = report.issued, report.delivery
    return bool(
        issued.issued
        or issued.opened
        or any(report.follow_up.counts.values())
        or report.follow_up.climbed
        or report.digest.counts is not None
        or delivery.by_state
        or delivery.interrupted
    )
