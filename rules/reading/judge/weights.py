"""Weights of the judge, written by ``python -m tests.corpus judge`` and never by hand."""

BIAS = -0.259
WEIGHTS = {
    "action_later": -0.4,
    "actions_0": -0.778,
    "actions_1": -0.232,
    "actions_2": 0.103,
    "actions_3": 0.907,
    "body_first": 1.354,
    "body_then_account": -0.84,
    "body_then_action": 1.219,
    "decider_first": -0.272,
    "due_date": 0.053,
    "due_none": -1.375,
    "due_recurring": 1.323,
    "duty": 1.034,
    "figures": -1.154,
    "item": 0.78,
    "length_0": -0.162,
    "length_1": -1.294,
    "length_2": -0.652,
    "length_3": 0.585,
    "length_4": 0.87,
    "length_5": 0.653,
    "limit": 0.5,
    "opens_with_action": 0.4,
    "past": -1.487,
}
