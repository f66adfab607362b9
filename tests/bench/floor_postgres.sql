-- The floor of the follow-up of 4/3/2026 on PostgreSQL. Frozen: tests/test_bench_floor.py holds its hash.
-- Reminders: every near deadline stands on one rung; what was written yesterday is left out.
INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, number, due_on, data, state, state_note, written_at)
SELECT 'reminder:' || id || ':' || due_on || ':' || step, 'reminder', agency_id, id, stood_on,
       '2026-03-04 00:30:00+00', urgent, step, due_on, '{}', 'pending', '', '2026-03-03 23:45:00+00'
FROM (SELECT id, agency_id, due_on, urgent, due_set_on,
        CASE WHEN due_on = '2026-03-04' THEN 0 WHEN due_on = '2026-03-05' THEN 1
             WHEN due_on <= '2026-03-09' THEN 3 ELSE 5 END AS step,
        CASE WHEN due_on IN ('2026-03-04', '2026-03-05', '2026-03-09', '2026-03-11')
             THEN DATE '2026-03-04' ELSE DATE '2026-03-03' END AS stood_on
      FROM task WHERE status IN ('accepted', 'assigned', 'in_progress', 'returned') AND due_on IS NOT NULL
        AND due_on BETWEEN '2026-03-04' AND '2026-03-11') t
WHERE due_set_on < stood_on AND NOT EXISTS (
      SELECT 1 FROM outbox_letter l
      WHERE l.key = 'reminder:' || t.id || ':' || t.due_on || ':' || t.step)
ORDER BY id;

-- Urgings: one statement moves the tasks and writes series, history, papers and letters.
WITH moved AS (
  UPDATE task SET urged = urged + 1, last_urged_on = '2026-03-04', version = version + 1
  WHERE (status IN ('accepted', 'assigned', 'in_progress', 'returned') AND last_urged_on IS NULL AND due_on < '2026-03-04')
     OR (status IN ('accepted', 'assigned', 'in_progress', 'returned') AND last_urged_on IS NOT NULL
         AND last_urged_on <= '2026-02-25' AND due_on < '2026-03-04')
  RETURNING id, agency_id, due_on, urged AS number, version, status, urgent),
worded AS (
  SELECT *, 'Đôn đốc lần ' || number || ': quá hạn ' || (DATE '2026-03-04' - due_on) || ' ngày (hạn '
         || to_char(due_on, 'DD/MM/YYYY') || ').' AS words FROM moved),
papers AS (
  INSERT INTO urging_paper (agency_id, prepared_on)
  SELECT DISTINCT agency_id, DATE '2026-03-04' FROM worded WHERE number >= 2 RETURNING id, agency_id),
series AS (
  INSERT INTO urging (task_id, number, urged_on, recipient_id, text, letter_key, sender, paper_id)
  SELECT w.id, w.number, '2026-03-04', w.agency_id, w.words, 'urging:' || w.id || ':' || w.number, 'ban', p.id
  FROM worded w LEFT JOIN papers p ON w.number >= 2 AND p.agency_id = w.agency_id),
history AS (
  INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
  SELECT id, version, TIMESTAMPTZ '2026-03-03 23:45:00+00', '2026-03-04', 'urged', status, status, 'clock', words,
         json_build_object('number', number, 'changes', json_build_object('urged', number, 'last_urged_on', '2026-03-04'))
  FROM worded),
asked AS (
  INSERT INTO outbox_letter (key, kind, agency_id, scheduled_on, not_before, urgent, data, state, state_note, written_at)
  SELECT 'paper_due:' || agency_id || ':2026-03-04', 'paper_due', 'sec', '2026-03-04',
         TIMESTAMPTZ '2026-03-04 00:30:00+00', false, json_build_object('paper', id), 'pending', '', TIMESTAMPTZ '2026-03-03 23:45:00+00'
  FROM papers)
INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, number, due_on, data, state, state_note, written_at)
SELECT 'urging:' || id || ':' || number, 'urging', agency_id, id, '2026-03-04', TIMESTAMPTZ '2026-03-04 00:30:00+00', urgent,
       number, due_on, '{}', 'pending', '', TIMESTAMPTZ '2026-03-03 23:45:00+00'
FROM worded;

-- Reviews of tasks without a deadline.
INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, data, state, state_note, written_at)
SELECT 'review:' || id || ':' || review_on, 'review', agency_id, id, '2026-03-04',
       '2026-03-04 00:30:00+00', urgent, '{}', 'pending', '', '2026-03-03 23:45:00+00'
FROM task WHERE status IN ('accepted', 'assigned', 'in_progress', 'returned') AND due_on IS NULL
  AND review_on <= '2026-03-04';

INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
SELECT id, version + 1, '2026-03-03 23:45:00+00', '2026-03-04', 'reviewed', status, status, 'clock', '',
       '{"changes": {"review_on": "2026-04-03"}}'
FROM task WHERE status IN ('accepted', 'assigned', 'in_progress', 'returned') AND due_on IS NULL
  AND review_on <= '2026-03-04';

UPDATE task SET review_on = '2026-04-03', version = version + 1
WHERE status IN ('accepted', 'assigned', 'in_progress', 'returned') AND due_on IS NULL
  AND review_on <= '2026-03-04';

-- Results that have waited three working days for the secretariat's confirmation.
INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, number, data, state, state_note, written_at)
SELECT 'confirmation:' || id || ':' || version || ':1', 'confirmation', 'sec', id, '2026-03-04',
       '2026-03-04 00:30:00+00', urgent, 1, '{}', 'pending', '', '2026-03-03 23:45:00+00'
FROM task t WHERE status = 'submitted' AND submitted_on <= '2026-02-27' AND NOT EXISTS (
      SELECT 1 FROM outbox_letter l
      WHERE l.task_id = t.id AND l.kind = 'confirmation' AND l.scheduled_on > '2026-02-27');

-- Crossings by time and by count.
WITH moved AS (
  UPDATE task SET version = version + 1, late_step = CASE WHEN due_on <= '2025-12-29' THEN 3 WHEN due_on <= '2026-01-27' THEN 2 ELSE 1 END
  WHERE (late_step = 0 AND due_on <= '2026-02-10' AND status IN ('accepted', 'assigned', 'in_progress', 'returned'))
     OR (late_step = 1 AND due_on <= '2026-01-27' AND status IN ('accepted', 'assigned', 'in_progress', 'returned'))
     OR (late_step = 2 AND due_on <= '2025-12-29' AND status IN ('accepted', 'assigned', 'in_progress', 'returned'))
  RETURNING id, due_on, late_step AS step, version, status, urgent),
steps AS (
  INSERT INTO task_crossing (task_id, "trigger", step, due_on, rung, crossed_on)
  SELECT id, 'time', step, due_on, CASE step WHEN 1 THEN 'standing' WHEN 2 THEN 'chair' ELSE 'province' END, '2026-03-04' FROM moved),
history AS (
  INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
  SELECT id, version, TIMESTAMPTZ '2026-03-03 23:45:00+00', '2026-03-04', 'crossed', status, status, 'clock', '',
         json_build_object('trigger', 'time', 'step', step, 'changes', json_build_object('late_step', step))
  FROM moved)
INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, number, due_on, data, state, state_note, written_at)
SELECT 'crossing:' || id || ':time:' || step || ':' || due_on, 'crossing', CASE step WHEN 1 THEN 'standing' WHEN 2 THEN 'chair' ELSE 'upper' END, id,
       '2026-03-04', TIMESTAMPTZ '2026-03-04 00:30:00+00', urgent, step, due_on, '{}', 'pending', '', TIMESTAMPTZ '2026-03-03 23:45:00+00'
FROM moved;

WITH moved AS (
  UPDATE task SET version = version + 1, count_step = CASE WHEN urged >= 6 THEN 2 ELSE 1 END
  WHERE status IN ('accepted', 'assigned', 'in_progress', 'returned') AND last_urged_on IS NOT NULL AND last_urged_on = '2026-03-04'
     AND ((urged >= 6 AND count_step < 2) OR (urged >= 4 AND count_step < 1))
  RETURNING id, due_on, count_step AS step, version, status, urgent),
steps AS (
  INSERT INTO task_crossing (task_id, "trigger", step, due_on, rung, crossed_on)
  SELECT id, 'count', step, due_on, CASE step WHEN 1 THEN 'chair' ELSE 'province' END, '2026-03-04' FROM moved),
history AS (
  INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
  SELECT id, version, TIMESTAMPTZ '2026-03-03 23:45:00+00', '2026-03-04', 'crossed', status, status, 'clock', '',
         json_build_object('trigger', 'count', 'step', step, 'changes', json_build_object('count_step', step))
  FROM moved)
INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, number, due_on, data, state, state_note, written_at)
SELECT 'crossing:' || id || ':count:' || step || ':' || due_on, 'crossing', CASE step WHEN 1 THEN 'chair' ELSE 'upper' END, id,
       '2026-03-04', TIMESTAMPTZ '2026-03-04 00:30:00+00', urgent, step, due_on, '{}', 'pending', '', TIMESTAMPTZ '2026-03-03 23:45:00+00'
FROM moved;

-- The day is noted.
INSERT INTO policy_version (digest, text, first_used_at) VALUES ('floor', '', '2026-03-03 23:45:00+00');

INSERT INTO follow_up_day (day, since, first_at, last_at, policy_digest, counts)
VALUES ('2026-03-04', '2026-03-03', '2026-03-03 23:45:00+00', '2026-03-03 23:45:00+00', 'floor', '{}');
