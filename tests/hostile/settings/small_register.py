"""A register of two bodies, with a field of every kind."""

SMALL_REGISTER = """\
committee: {body: a, chair: a, standing_agency: a, upper: a, secretariat: a}
bodies:
  - id: a
    name: Sở A
    kind: so
    valid_from: 2025-03-01
    successions: [{to: b, on: 2025-07-01}]
  - {id: b, name: "Nhóm B", kind: tap-the, members: [a, {id: a, from: 2025-01-01}]}
contacts:
  - {body: a, role: van-thu, label: Văn thư, addresses: ["smtpmail://van-thu@a.example"]}
"""
