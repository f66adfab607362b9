-- anybody
SELECT 1 FROM agency a
WHERE a.valid_to IS NOT NULL AND a.valid_to <= :today
LIMIT 1;

-- led
INSERT INTO outbox_letter (key, kind, scheduled_on, not_before, urgent, data, state, state_note, written_at, agency_id, task_id)
SELECT
  'body_ended:' || a.id || ':' || a.valid_to || ':' || t.id || ':' || 'lead' AS key,
  'body_ended' AS kind,
  :today AS scheduled_on,
  :morning AS not_before,
  false AS urgent,
  json_object('agency_id', a.id, 'ended_on', a.valid_to, 'stake', 'lead') AS data,
  'pending' AS state,
  '' AS state_note,
  :now AS written_at,
  CAST(:secretariat AS varchar) AS agency_id,
  t.id AS task_id
FROM agency a CROSS JOIN task t INDEXED BY ix_task_desk
WHERE a.valid_to IS NOT NULL AND a.valid_to <= :today
  AND t.agency_id = a.id
  AND t.status IN ('accepted', 'assigned', 'in_progress', 'paused', 'refused', 'returned', 'submitted')
  AND NOT EXISTS (
    SELECT 1 FROM outbox_letter o WHERE o.key = 'body_ended:' || a.id || ':' || a.valid_to || ':' || t.id || ':' || 'lead'
  )
ORDER BY a.id, t.id
ON CONFLICT (key) DO NOTHING;

-- joined
INSERT INTO outbox_letter (key, kind, scheduled_on, not_before, urgent, data, state, state_note, written_at, agency_id, task_id)
SELECT
  'body_ended:' || a.id || ':' || a.valid_to || ':' || t.id || ':' || 'cooperates' AS key,
  'body_ended' AS kind,
  :today AS scheduled_on,
  :morning AS not_before,
  false AS urgent,
  json_object('agency_id', a.id, 'ended_on', a.valid_to, 'stake', 'cooperates') AS data,
  'pending' AS state,
  '' AS state_note,
  :now AS written_at,
  CAST(:secretariat AS varchar) AS agency_id,
  t.id AS task_id
FROM agency a CROSS JOIN task_cooperation c CROSS JOIN task t
WHERE a.valid_to IS NOT NULL AND a.valid_to <= :today
  AND c.agency_id = a.id AND c.state IN ('accepted', 'asked') AND t.id = c.task_id
  AND t.status IN ('accepted', 'assigned', 'in_progress', 'paused', 'refused', 'returned', 'submitted')
  AND NOT EXISTS (
    SELECT 1 FROM outbox_letter o WHERE o.key = 'body_ended:' || a.id || ':' || a.valid_to || ':' || t.id || ':' || 'cooperates'
  )
ORDER BY a.id, t.id
ON CONFLICT (key) DO NOTHING;

-- waiting
INSERT INTO outbox_letter (key, kind, scheduled_on, not_before, urgent, data, state, state_note, written_at, agency_id, task_id)
SELECT
  'body_ended:' || a.id || ':' || a.valid_to || ':' || t.id || ':' || 'decides' AS key,
  'body_ended' AS kind,
  :today AS scheduled_on,
  :morning AS not_before,
  false AS urgent,
  json_object('agency_id', a.id, 'ended_on', a.valid_to, 'stake', 'decides') AS data,
  'pending' AS state,
  '' AS state_note,
  :now AS written_at,
  CAST(:secretariat AS varchar) AS agency_id,
  t.id AS task_id
FROM agency a CROSS JOIN escalation_case c CROSS JOIN task t
WHERE a.valid_to IS NOT NULL AND a.valid_to <= :today
  AND a.id = :seat AND c.state = 'waiting' AND c.rung = :rung AND t.id = c.task_id
  AND t.status IN ('accepted', 'assigned', 'in_progress', 'paused', 'refused', 'returned', 'submitted')
  AND NOT EXISTS (
    SELECT 1 FROM outbox_letter o WHERE o.key = 'body_ended:' || a.id || ':' || a.valid_to || ':' || t.id || ':' || 'decides'
  )
ORDER BY a.id, t.id
ON CONFLICT (key) DO NOTHING;
