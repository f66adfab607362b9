"""Weights of the judge, written by ``python -m tests.corpus judge`` and never by hand."""

BIAS = -0.248
WEIGHTS = {
    "action_later": -0.38,
    "actions_0": -0.773,
    "actions_1": -0.347,
    "actions_2": 0.178,
    "actions_3": 0.942,
    "body_first": 1.455,
    "body_then_account": -1.155,
    "body_then_action": 1.122,
    "decider_first": -0.31,
    "due_date": 0.083,
    "due_none": -1.461,
    "due_recurring": 1.378,
    "duty": 0.871,
    "figures": -1.209,
    "item": 0.882,
    "length_0": -0.17,
    "length_1": -1.371,
    "length_2": -0.758,
    "length_3": 0.562,
    "length_4": 0.994,
    "length_5": 0.742,
    "limit": 0.47,
    "opens_with_action": 0.38,
    "past": -1.26,
}
