"""Weights of the judge, written by ``python -m tests.corpus judge`` and never by hand."""

BIAS = -0.27
WEIGHTS = {
    "action_later": -0.404,
    "actions_0": -0.805,
    "actions_1": -0.217,
    "actions_2": 0.126,
    "actions_3": 0.896,
    "body_first": 1.372,
    "body_then_account": -0.892,
    "body_then_action": 1.217,
    "decider_first": -0.289,
    "due_date": 0.035,
    "due_none": -1.348,
    "due_recurring": 1.313,
    "duty": 1.019,
    "figures": -1.128,
    "item": 0.784,
    "length_0": -0.162,
    "length_1": -1.296,
    "length_2": -0.673,
    "length_3": 0.601,
    "length_4": 0.881,
    "length_5": 0.649,
    "limit": 0.547,
    "opens_with_action": 0.404,
    "past": -1.417,
}
