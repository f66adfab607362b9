#!/usr/bin/env python3
# -*- coding: utf-8 -*-
# ruff: noqa
# mypy: ignore-errors
"""Scorer for the directive-extraction corpus (standard library + pyyaml).

    score.py GOLD_DIR PRED [--agencies agencies.yaml] [--expand] [--ignore-vague]
                           [--iou 0.5] [--json out.json] [--errors]

GOLD_DIR  folder with NNN.gold.yaml (NNN.txt beside it is not needed)
PRED      a folder with NNN.json, or one JSON file {"NNN": [...], ...}
          each document: list of {text, lead, cooperate, due, escalation[, report_to]}
            text        the predicted span (any white space, NFC or NFD)
            lead, cooperate, report_to   lists of agency names, ids or aliases from agencies.yaml
            due         {"kind": "date|recurring|none", "date": "YYYY-MM-DD"|null, "rule": str|null}
                        or a plain string: "2023-04-15", "monthly day 25", "none"; or null
            escalation  true/false

Matching: token-overlap IoU (multiset) >= --iou between predicted text and gold quote (or one of
its quote_alt), one to one, greedy by best IoU. Agency fields, due and escalation are then scored
on the matched pairs only, so a missed directive costs recall in detection and in `fully_right`
(all of lead, cooperate, due, escalation right, over ALL gold directives).
report_to is scored for information when predictions carry it; it is not part of fully_right.
"""
import sys, os, re, json, glob, unicodedata, argparse, collections
import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
NFC = lambda s: unicodedata.normalize('NFC', str(s))
TOK = re.compile(r'\w+', re.U)


def tokens(s):
    return collections.Counter(TOK.findall(NFC(s).lower()))


def iou(a, b):
    inter = sum((a & b).values()); union = sum((a | b).values())
    return inter / union if union else 0.0


def key(s):
    s = NFC(s).lower().replace('uỷ', 'ủy').replace('–', '-').replace('—', '-')
    return re.sub(r'\s+', ' ', s).strip(' .,;:')


class Agencies:
    def __init__(self, path):
        self.a = {x['id']: x for x in yaml.safe_load(open(path, encoding='utf-8'))['agencies']}
        self.idx = collections.defaultdict(list)
        for i, x in self.a.items():
            for n in {key(i), key(x['name'])} | {key(z) for z in x.get('aliases', [])}:
                self.idx[n].append(i)

    def valid(self, i, date):
        if not date: return True
        x = self.a[i]; d = str(date)
        return (not x.get('valid_from') or str(x['valid_from']) <= d) and \
               (not x.get('valid_to') or d <= str(x['valid_to']))

    def resolve(self, name, date=None):
        """id of an agency named by id, name or alias; prefers an id/name hit, then date validity."""
        k = key(name); c = self.idx.get(k, [])
        if not c: return '?' + k
        exact = [i for i in c if key(i) == k or key(self.a[i]['name']) == k]
        for pool in ([i for i in exact if self.valid(i, date)], [i for i in c if self.valid(i, date)], exact, c):
            if pool: return pool[0]

    def ids(self, names, date, expand=False, ignore_vague=False):
        out = set()
        for n in names or []:
            i = self.resolve(n, date); x = self.a.get(i, {})
            if ignore_vague and x.get('vague'): continue
            if expand and x.get('members'): out |= set(x['members'])
            else: out.add(i)
        return frozenset(out)


def norm_due(d):
    if d in (None, '', [], {}): return ('none', None)
    if not isinstance(d, dict):
        s = str(d).strip()
        if s.lower() in ('none', 'null', 'continuous', 'none/continuous'): return ('none', None)
        if re.fullmatch(r'\d{4}-\d\d-\d\d', s): return ('date', s)
        return ('recurring', norm_rule(s))
    k = (d.get('kind') or ('date' if d.get('date') else 'recurring' if d.get('rule') else 'none')).lower()
    if k == 'date': return ('date', str(d.get('date')))
    if k == 'recurring': return ('recurring', norm_rule(d.get('rule')))
    return ('none', None)


def norm_rule(r):
    r = re.sub(r'\s+', ' ', str(r or '').lower().replace('-by-', ' ').replace('_', ' ')).strip()
    r = re.sub(r'\b(days|by day)\b', 'day', r).replace('monthly-', 'monthly ').replace('day-', 'day ')
    r = re.sub(r'\bday 0(\d)\b', r'day \1', r)
    r = r.split(' at ')[0]
    return r.strip(' ,;')


class PRF:
    def __init__(self): self.tp = self.fp = self.fn = 0
    def add(self, g, p): self.tp += len(g & p); self.fp += len(p - g); self.fn += len(g - p)
    def out(self):
        if self.tp + self.fp + self.fn == 0: return {'p': 1.0, 'r': 1.0, 'f1': 1.0, 'n': 0}
        p = self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0
        r = self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0
        return {'p': p, 'r': r, 'f1': 2 * p * r / (p + r) if p + r else 0.0, 'n': self.tp + self.fn}


def match(gold, pred, thr):
    pt = [tokens(p.get('text', '')) for p in pred]
    gt = [[tokens(q) for q in [g['quote']] + list(g.get('quote_alt') or [])] for g in gold]
    c = sorted(((max(iou(t, p) for t in ts), -i, -j) for i, ts in enumerate(gt) for j, p in enumerate(pt)), reverse=True)
    gi, pj, pairs = set(), set(), []
    for v, i, j in c:
        i, j = -i, -j
        if v < thr: break
        if i in gi or j in pj: continue
        gi.add(i); pj.add(j); pairs.append((i, j, v))
    return pairs


def score(golds, preds, ag, thr=0.5, expand=False, ignore_vague=False):
    """golds: {name: gold dict}, preds: {name: list}; returns dict with 'overall' and 'documents'."""
    T = {k: PRF() for k in ('lead', 'cooperate', 'report_to', 'escalation')}
    tot = collections.Counter(); docs = {}; has_rt = False; errors = []
    kinds = collections.defaultdict(collections.Counter)
    for name in sorted(golds):
        g = golds[name]; G = g.get('directives') or []; P = preds.get(name) or []
        date = g['document'].get('date')
        pairs = match(G, P, thr); D = {k: PRF() for k in T}; due = full = lead_ok = 0
        for i, j, v in pairs:
            a, b = G[i], P[j]; ok = {}
            for f in ('lead', 'cooperate', 'report_to'):
                x = ag.ids(a.get(f), date, expand, ignore_vague); y = ag.ids(b.get(f), date, expand, ignore_vague)
                if f == 'report_to':
                    if 'report_to' not in b: continue
                    has_rt = True
                T[f].add(x, y); D[f].add(x, y); ok[f] = x == y
            x = {'e'} if a.get('escalation') else set(); y = {'e'} if b.get('escalation') else set()
            T['escalation'].add(x, y); D['escalation'].add(x, y); ok['escalation'] = x == y
            ok['due'] = norm_due(a.get('due')) == norm_due(b.get('due')); due += ok['due']
            tot['due_dated'] += norm_due(a.get('due'))[0] != 'none'
            tot['due_dated_ok'] += norm_due(a.get('due'))[0] != 'none' and ok['due']
            lead_ok += ok['lead']
            f = all(ok[k] for k in ('lead', 'cooperate', 'due', 'escalation')); full += f
            if not f:
                errors.append({'doc': name, 'quote': a['quote'][:90], 'wrong': [k for k in ok if not ok[k] and k != 'report_to'],
                               'gold': {k: a.get(k) for k in ('lead', 'cooperate', 'due', 'escalation')},
                               'pred': {k: b.get(k) for k in ('lead', 'cooperate', 'due', 'escalation')}})
        errors += _unmatched(name, G, P, pairs)
        # escalation recall must not ignore missed directives: also count it over all gold
        esc_all = sum(1 for i, d in enumerate(G) if d.get('escalation'))
        esc_hit = sum(1 for i, j, _ in pairs if G[i].get('escalation') and P[j].get('escalation'))
        n = len(pairs)
        for c in (tot, kinds[g['document']['kind']]):
            c['gold'] += len(G); c['pred'] += len(P); c['match'] += n; c['due'] += due; c['full'] += full; c['lead_ok'] += lead_ok
            c['esc_all'] += esc_all; c['esc_hit'] += esc_hit
        docs[name] = dict(summary(collections.Counter(gold=len(G), pred=len(P), match=n, due=due, full=full, lead_ok=lead_ok)),
                          kind=g['document']['kind'], **{k + '_f1': round(D[k].out()['f1'], 4) for k in ('lead', 'cooperate', 'escalation')})
    o = _overall(tot, T, has_rt)
    return {'overall': o, 'by_kind': {k: summary(c) for k, c in sorted(kinds.items())}, 'documents': docs, 'errors': errors}


def _overall(tot, T, has_rt):
    o = summary(tot)
    for k in ('lead', 'cooperate', 'escalation'): o[k] = {a: round(b, 4) if a != 'n' else b for a, b in T[k].out().items()}
    if has_rt: o['report_to'] = {a: round(b, 4) if a != 'n' else b for a, b in T['report_to'].out().items()}
    o['due_dated_accuracy'] = round(tot['due_dated_ok'] / tot['due_dated'], 4) if tot['due_dated'] else None
    o['escalation_recall_all_gold'] = round(tot['esc_hit'] / tot['esc_all'], 4) if tot['esc_all'] else None
    return o


def _unmatched(name, G, P, pairs):
    mi = {i for i, _, _ in pairs}; mj = {j for _, j, _ in pairs}
    return [{'doc': name, 'missed': G[i]['quote'][:120]} for i in range(len(G)) if i not in mi] + \
           [{'doc': name, 'spurious': str(P[j].get('text', ''))[:120]} for j in range(len(P)) if j not in mj]


def summary(c):
    n, g, p = c['match'], c['gold'], c['pred']
    pr = n / p if p else (1.0 if not g else 0.0); rc = n / g if g else 1.0
    f1 = 2 * pr * rc / (pr + rc) if pr + rc else 0.0
    r4 = lambda x: round(x, 4)
    return {'gold': g, 'pred': p, 'matched': n, 'detection': {'p': r4(pr), 'r': r4(rc), 'f1': r4(f1)},
            'due_accuracy': r4(c['due'] / n) if n else (1.0 if not g else 0.0),
            'lead_exact': r4(c['lead_ok'] / n) if n else (1.0 if not g else 0.0),
            'fully_right': r4(c['full'] / g) if g else 1.0,
            'fully_right_on_matched': r4(c['full'] / n) if n else (1.0 if not g else 0.0)}


def load_gold(d):
    return {os.path.basename(p)[:-len('.gold.yaml')]: yaml.safe_load(open(p, encoding='utf-8'))
            for p in sorted(glob.glob(os.path.join(d, '*.gold.yaml')))}


def load_pred(p):
    if os.path.isdir(p):
        r = {}
        for f in glob.glob(os.path.join(p, '*.json')):
            r[os.path.basename(f)[:-5]] = json.load(open(f, encoding='utf-8'))
    else: r = json.load(open(p, encoding='utf-8'))
    return {k: (v.get('directives', []) if isinstance(v, dict) else v) for k, v in r.items()}


def as_pred(g):
    return [{'text': d['quote'], 'lead': d['lead'], 'cooperate': d['cooperate'], 'due': d['due'],
             'escalation': d['escalation'], 'report_to': d['report_to']} for d in g.get('directives') or []]


def show(res, errors=False):
    o = res['overall']; d = o['detection']
    print(f"{'doc':8}{'kind':9}{'gold':>5}{'pred':>5}{'match':>6}{'P':>7}{'R':>7}{'F1':>7}{'lead':>7}{'coop':>7}{'due':>7}{'esc':>7}{'full':>7}")
    for n, x in res['documents'].items():
        y = x['detection']
        print(f"{n:8}{x['kind']:9}{x['gold']:5}{x['pred']:5}{x['matched']:6}{y['p']:7.3f}{y['r']:7.3f}{y['f1']:7.3f}"
              f"{x['lead_f1']:7.3f}{x['cooperate_f1']:7.3f}{x['due_accuracy']:7.3f}{x['escalation_f1']:7.3f}{x['fully_right']:7.3f}")
    print(f"{'ALL':8}{'':9}{o['gold']:5}{o['pred']:5}{o['matched']:6}{d['p']:7.3f}{d['r']:7.3f}{d['f1']:7.3f}"
          f"{o['lead']['f1']:7.3f}{o['cooperate']['f1']:7.3f}{o['due_accuracy']:7.3f}{o['escalation']['f1']:7.3f}{o['fully_right']:7.3f}")
    for k, x in res['by_kind'].items():
        print(f"  {k:8} gold {x['gold']:4} F1 {x['detection']['f1']:.3f} due {x['due_accuracy']:.3f} fully right {x['fully_right']:.3f}")
    print(f"  due accuracy on dated/recurring: {o['due_dated_accuracy']}; escalation recall over all gold: {o['escalation_recall_all_gold']}; fully right on matched: {o['fully_right_on_matched']}")
    if errors:
        for e in res['errors']: print(json.dumps(e, ensure_ascii=False))


if __name__ == '__main__':
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('gold', nargs='?'); ap.add_argument('pred', nargs='?')
    ap.add_argument('--agencies', default=os.path.join(HERE, 'agencies.yaml'))
    ap.add_argument('--iou', type=float, default=0.5); ap.add_argument('--expand', action='store_true')
    ap.add_argument('--ignore-vague', action='store_true'); ap.add_argument('--json'); ap.add_argument('--errors', action='store_true')
    ap.add_argument('--self-test', action='store_true')
    a = ap.parse_args()
    if not (a.gold and a.pred): ap.error('GOLD_DIR and PRED needed')
    res = score(load_gold(a.gold), load_pred(a.pred), Agencies(a.agencies), a.iou, a.expand, a.ignore_vague)
    show(res, a.errors)
    if a.json: json.dump(res, open(a.json, 'w', encoding='utf-8'), ensure_ascii=False, indent=1)
