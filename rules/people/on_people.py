"""May this one keep the office's people: enter and change persons, seats and absences?

Who keeps them is quản trị hệ thống, or anybody where nobody signs in. An absence is also told by the absent
person, and ended by her or by the deputy.
"""

from collections.abc import Collection

from rules.people.viewer import Viewer
from rules.refusal import NotInThisSeat


def check(viewer: Viewer) -> None:
    """Whether ``viewer`` may change persons and seats. Raises NotAllowed."""
    if not viewer.is_admin:
        raise NotInThisSeat("Chỉ quản trị hệ thống được thay đổi người sử dụng và vị trí.")


def check_absence(viewer: Viewer, theirs: Collection[int]) -> None:
    """Whether ``viewer`` may change an absence of the persons ``theirs``. Raises NotAllowed."""
    if not viewer.is_admin and viewer.person not in theirs:
        raise NotInThisSeat(
            "Chỉ người vắng mặt, người được ủy quyền hoặc quản trị hệ thống được thay đổi việc này."
        )
