-- The floor of the follow-up of 4/3/2026 on SQLite. Frozen: tests/test_bench_floor.py holds its hash.
-- Reminders: every near deadline stands on one rung; what was written yesterday is left out.
INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, number, due_on, data, state, state_note, written_at)
SELECT 'reminder:' || id || ':' || due_on || ':' || step, 'reminder', agency_id, id, stood_on,
       '2026-03-04 00:30:00.000000', urgent, step, due_on, '{}', 'pending', '', '2026-03-03 23:45:00.000000'
FROM (SELECT id, agency_id, due_on, urgent, due_set_on,
        CASE WHEN due_on = '2026-03-04' THEN 0 WHEN due_on = '2026-03-05' THEN 1
             WHEN due_on <= '2026-03-09' THEN 3 ELSE 5 END AS step,
        CASE WHEN due_on IN ('2026-03-04', '2026-03-05', '2026-03-09', '2026-03-11')
             THEN '2026-03-04' ELSE '2026-03-03' END AS stood_on
      FROM task WHERE status IN ('accepted', 'assigned', 'in_progress', 'returned') AND due_on IS NOT NULL
        AND due_on BETWEEN '2026-03-04' AND '2026-03-11') t
WHERE due_set_on < stood_on AND NOT EXISTS (
      SELECT 1 FROM outbox_letter l
      WHERE l.key = 'reminder:' || t.id || ':' || t.due_on || ':' || t.step)
ORDER BY id;

-- Urgings: the tasks found once, then their series, history, letters, papers and counters.
CREATE TEMP TABLE urged_now (id integer PRIMARY KEY, agency_id, due_on, number, version, status, urgent, words);

INSERT INTO urged_now
SELECT id, agency_id, due_on, urged + 1, version + 1, status, urgent,
       'Đôn đốc lần ' || (urged + 1) || ': quá hạn ' || CAST(julianday('2026-03-04') - julianday(due_on) AS integer)
       || ' ngày (hạn ' || strftime('%d/%m/%Y', due_on) || ').'
FROM task WHERE status IN ('accepted', 'assigned', 'in_progress', 'returned')
  AND last_urged_on IS NULL AND due_on < '2026-03-04'
UNION ALL
SELECT id, agency_id, due_on, urged + 1, version + 1, status, urgent,
       'Đôn đốc lần ' || (urged + 1) || ': quá hạn ' || CAST(julianday('2026-03-04') - julianday(due_on) AS integer)
       || ' ngày (hạn ' || strftime('%d/%m/%Y', due_on) || ').'
FROM task WHERE status IN ('accepted', 'assigned', 'in_progress', 'returned')
  AND last_urged_on IS NOT NULL AND last_urged_on <= '2026-02-25' AND due_on < '2026-03-04';

INSERT INTO urging_paper (agency_id, prepared_on)
SELECT DISTINCT agency_id, '2026-03-04' FROM urged_now WHERE number >= 2;

INSERT INTO urging (task_id, number, urged_on, recipient_id, text, letter_key, sender, paper_id)
SELECT u.id, u.number, '2026-03-04', u.agency_id, u.words, 'urging:' || u.id || ':' || u.number, 'ban', p.id
FROM urged_now u LEFT JOIN urging_paper p
  ON u.number >= 2 AND p.agency_id = u.agency_id AND p.prepared_on = '2026-03-04';

INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
SELECT id, version, '2026-03-03 23:45:00.000000', '2026-03-04', 'urged', status, status, 'clock', words,
       json_object('number', number, 'changes', json_object('urged', number, 'last_urged_on', '2026-03-04'))
FROM urged_now;

INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, number, due_on, data, state, state_note, written_at)
SELECT 'urging:' || id || ':' || number, 'urging', agency_id, id, '2026-03-04',
       '2026-03-04 00:30:00.000000', urgent, number, due_on, '{}', 'pending', '', '2026-03-03 23:45:00.000000'
FROM urged_now;

UPDATE task SET urged = urged + 1, last_urged_on = '2026-03-04', version = version + 1
WHERE id IN (SELECT id FROM urged_now);

INSERT INTO outbox_letter (key, kind, agency_id, scheduled_on, not_before, urgent, data, state, state_note, written_at)
SELECT 'paper_due:' || agency_id || ':2026-03-04', 'paper_due', 'sec', '2026-03-04',
       '2026-03-04 00:30:00.000000', 0, json_object('paper', id), 'pending', '', '2026-03-03 23:45:00.000000'
FROM urging_paper WHERE prepared_on = '2026-03-04';

-- Reviews of tasks without a deadline.
INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, data, state, state_note, written_at)
SELECT 'review:' || id || ':' || review_on, 'review', agency_id, id, '2026-03-04',
       '2026-03-04 00:30:00.000000', urgent, '{}', 'pending', '', '2026-03-03 23:45:00.000000'
FROM task WHERE status IN ('accepted', 'assigned', 'in_progress', 'returned') AND due_on IS NULL
  AND review_on <= '2026-03-04';

INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
SELECT id, version + 1, '2026-03-03 23:45:00.000000', '2026-03-04', 'reviewed', status, status, 'clock', '',
       '{"changes": {"review_on": "2026-04-03"}}'
FROM task WHERE status IN ('accepted', 'assigned', 'in_progress', 'returned') AND due_on IS NULL
  AND review_on <= '2026-03-04';

UPDATE task SET review_on = '2026-04-03', version = version + 1
WHERE status IN ('accepted', 'assigned', 'in_progress', 'returned') AND due_on IS NULL
  AND review_on <= '2026-03-04';

-- Results that have waited three working days for the secretariat's confirmation.
INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, number, data, state, state_note, written_at)
SELECT 'confirmation:' || id || ':' || version || ':1', 'confirmation', 'sec', id, '2026-03-04',
       '2026-03-04 00:30:00.000000', urgent, 1, '{}', 'pending', '', '2026-03-03 23:45:00.000000'
FROM task t WHERE status = 'submitted' AND submitted_on <= '2026-02-27' AND NOT EXISTS (
      SELECT 1 FROM outbox_letter l
      WHERE l.task_id = t.id AND l.kind = 'confirmation' AND l.scheduled_on > '2026-02-27');

-- Crossings by time and by count: found once, then the steps, history, letters and marks.
CREATE TEMP TABLE crossed_now (id integer PRIMARY KEY, due_on, late_step, count_step, version, status, urgent, late, often);

INSERT INTO crossed_now
SELECT id, due_on,
       CASE WHEN due_on <= '2025-12-29' THEN 3 WHEN due_on <= '2026-01-27' THEN 2 ELSE 1 END, count_step,
       version + 1, status, urgent, 1, 0
FROM (SELECT * FROM task WHERE late_step = 0 AND due_on <= '2026-02-10'
        AND status IN ('accepted', 'assigned', 'in_progress', 'returned') AND due_on IS NOT NULL
      UNION ALL
      SELECT * FROM task WHERE late_step = 1 AND due_on <= '2026-01-27'
        AND status IN ('accepted', 'assigned', 'in_progress', 'returned') AND due_on IS NOT NULL
      UNION ALL
      SELECT * FROM task WHERE late_step = 2 AND due_on <= '2025-12-29'
        AND status IN ('accepted', 'assigned', 'in_progress', 'returned') AND due_on IS NOT NULL);

INSERT INTO task_crossing (task_id, "trigger", step, due_on, rung, crossed_on)
SELECT id, 'time', late_step, due_on,
       CASE late_step WHEN 1 THEN 'standing' WHEN 2 THEN 'chair' ELSE 'province' END, '2026-03-04'
FROM crossed_now;

INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
SELECT id, version, '2026-03-03 23:45:00.000000', '2026-03-04', 'crossed', status, status, 'clock', '',
       json_object('trigger', 'time', 'step', late_step, 'changes', json_object('late_step', late_step))
FROM crossed_now;

INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, number, due_on, data, state, state_note, written_at)
SELECT 'crossing:' || id || ':time:' || late_step || ':' || due_on, 'crossing',
       CASE late_step WHEN 1 THEN 'standing' WHEN 2 THEN 'chair' ELSE 'upper' END, id, '2026-03-04',
       '2026-03-04 00:30:00.000000', urgent, late_step, due_on, '{}', 'pending', '', '2026-03-03 23:45:00.000000'
FROM crossed_now;

UPDATE task SET version = version + 1, late_step =
       CASE WHEN due_on <= '2025-12-29' THEN 3 WHEN due_on <= '2026-01-27' THEN 2 ELSE 1 END
WHERE id IN (SELECT id FROM crossed_now);

DELETE FROM crossed_now;

INSERT INTO crossed_now
SELECT t.id, t.due_on, t.late_step, CASE WHEN u.number >= 6 THEN 2 ELSE 1 END, t.version + 1, t.status, t.urgent, 0, 1
FROM urged_now u CROSS JOIN task t ON t.id = u.id
WHERE (u.number >= 6 AND t.count_step < 2) OR (u.number >= 4 AND t.count_step < 1);

INSERT INTO task_crossing (task_id, "trigger", step, due_on, rung, crossed_on)
SELECT id, 'count', count_step, due_on, CASE count_step WHEN 1 THEN 'chair' ELSE 'province' END, '2026-03-04'
FROM crossed_now;

INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
SELECT id, version, '2026-03-03 23:45:00.000000', '2026-03-04', 'crossed', status, status, 'clock', '',
       json_object('trigger', 'count', 'step', count_step, 'changes', json_object('count_step', count_step))
FROM crossed_now;

INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, number, due_on, data, state, state_note, written_at)
SELECT 'crossing:' || id || ':count:' || count_step || ':' || due_on, 'crossing',
       CASE count_step WHEN 1 THEN 'chair' ELSE 'upper' END, id, '2026-03-04',
       '2026-03-04 00:30:00.000000', urgent, count_step, due_on, '{}', 'pending', '', '2026-03-03 23:45:00.000000'
FROM crossed_now;

UPDATE task SET version = version + 1, count_step = (SELECT c.count_step FROM crossed_now c WHERE c.id = task.id)
WHERE id IN (SELECT id FROM crossed_now);

-- The day is noted.
INSERT INTO policy_version (digest, text, first_used_at) VALUES ('floor', '', '2026-03-03 23:45:00.000000');

INSERT INTO follow_up_day (day, since, first_at, last_at, policy_digest, counts)
VALUES ('2026-03-04', '2026-03-03', '2026-03-03 23:45:00.000000', '2026-03-03 23:45:00.000000', 'floor', '{}');
