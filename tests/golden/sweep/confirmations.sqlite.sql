-- letters
INSERT INTO outbox_letter (key, kind, scheduled_on, not_before, urgent, data, state, state_note, written_at, agency_id, task_id, number, due_on)
SELECT
  'confirmation:' || id || ':' || seq || ':' || repeat AS key,
  'confirmation' AS kind,
  :today AS scheduled_on,
  CASE WHEN urgent THEN :now ELSE :morning END AS not_before,
  urgent AS urgent,
  '{}' AS data,
  'pending' AS state,
  '' AS state_note,
  :now AS written_at,
  CAST(:secretariat AS varchar) AS agency_id,
  id AS task_id,
  repeat AS number,
  due_on AS due_on
FROM (
  SELECT t.id, t.urgent, t.due_on,
    (SELECT count(*) FROM outbox_letter l WHERE l.task_id = t.id AND l.kind = 'confirmation' AND l.scheduled_on >= t.submitted_on) AS repeat,
    coalesce((SELECT max(e.seq) FROM task_event e WHERE e.task_id = t.id AND e.kind = 'submitted'), 0) AS seq
  FROM task t INDEXED BY ix_task_submitted
  WHERE t.status = 'submitted' AND t.submitted_on <= :asked_until
    AND (SELECT 1 FROM outbox_letter l WHERE l.task_id = t.id AND l.kind = 'confirmation' AND l.scheduled_on > :asked_until LIMIT 1) IS NULL
) w
WHERE repeat > 0
ON CONFLICT (key) DO NOTHING;
