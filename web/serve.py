"""Start the pages, as ``dondoc serve`` does."""

from flows.actions.office import office_database
from flows.terminal.page_server import check_host, serving


def serve(port: int, host: str = "127.0.0.1") -> None:
    """Run the pages until interrupted. Raises Refusal for a host that others reach, until people sign in."""
    check_host(host, office_database)
    import uvicorn

    uvicorn.run(**serving(port, host))
