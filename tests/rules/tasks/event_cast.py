"""A sample of what each kind of event tells, none of its fields at its default."""

from datetime import date

from rules.tasks import event_data as d
from rules.vocabulary import (
    Answer,
    CooperationState,
    CorrectionField,
    CrossingTrigger,
    EventKind,
    Fault,
    Rung,
)

DAY = date(2022, 9, 1)
CHANGED = d.Changed(CorrectionField.DUE, "không có", "01/09/2022")
_ALL: tuple[d.EventData, ...] = (
    d.NoData(),
    d.AssignedData("Báo cáo kết quả."),
    d.LapsesData((1,), (2,)),
    d.WithdrawnData(recalled=True, lapsed_requests=(1,), lapsed_cases=(2,)),
    d.ReturnedData((Fault.LATE,), DAY),
    d.UrgedData(3, by_hand=True),
    d.ClimbedData(Rung.CHAIR),
    d.DecidedData(Answer.DECIDE, "Chủ tịch"),
    d.HandedOverData(1, 2, (3,), (4,), case=5),
    d.TakenOverData(1, 2, urged_before=3, case=4),
    d.ExtensionAskedData(DAY),
    d.ExtensionCounteredData(1, DAY, "Chánh Văn phòng"),
    d.ExtensionAgreedData(1, "Chánh Văn phòng", number=2, often=True),
    d.ExtensionRefusedData(1, "Chánh Văn phòng"),
    d.ExtensionWithdrawnData(1),
    d.DeadlineSetData(1),
    d.PartData("stc", CooperationState.ACCEPTED),
    d.CrossedData(1, CrossingTrigger.TIME, Rung.STANDING),
    d.PaperIssuedData(1, number=2, due_on=DAY, unreached=1),
    d.CorrectedData((CHANGED,), "Báo cáo kết quả."),
    d.ReopenedData(DAY),
    d.OfficerNamedData("stc", person=1, before=2, due_on=DAY),
)
SAMPLES: dict[EventKind, d.EventData] = {kind: data for data in _ALL for kind in data.kinds}
