"""A bar on the terminal while a scan is recognised or an old Word file converted."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from flows.formats.content import Progress


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """What to hand to a reading; the bar appears on standard error with the first report, and goes again."""
    with ExitStack() as stack:
        bars: list[Progress] = []

        def report(message: str, share: float) -> None:
            if not bars:
                bars.append(_bar(stack))
            bars[0](message, share)

        yield report


def _bar(stack: ExitStack) -> Progress:
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    from flows.terminal.screen import open_console

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    bars = stack.enter_context(
        Bars(
            *columns,
            console=open_console(stderr=True),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
    )
    bar = bars.add_task("", total=1.0)
    return lambda message, share: bars.update(bar, description=message, completed=share)
