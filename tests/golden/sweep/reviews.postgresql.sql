-- whose
SELECT t.id FROM task t
WHERE t.id = ANY (ARRAY (
  SELECT t.id FROM task t
  WHERE t.status IN ('accepted', 'assigned', 'in_progress', 'returned')
    AND t.due_on IS NULL
    AND t.review_on <= :review_until
))
  AND t.agency_id NOT IN (SELECT id FROM agency WHERE valid_to IS NOT NULL AND valid_to <= :today);

-- change
WITH moved AS (
  UPDATE task AS t
  SET version = t.version + 1, review_on = CAST(:following AS date)
  FROM task old
  WHERE t.id = ANY (:ids)
    AND t.id = old.id
    AND t.status IN ('accepted', 'assigned', 'in_progress', 'returned')
    AND t.due_on IS NULL
    AND t.review_on <= :review_until
  RETURNING
    t.id AS id,
    t.agency_id AS agency_id,
    t.due_on AS due_on,
    t.version AS version,
    t.status AS status,
    t.urgent AS urgent,
    old.review_on AS reviewed_on
), events AS (
  INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
  SELECT
    id AS task_id,
    version AS seq,
    :now AS happened_at,
    :today AS happened_on,
    'reviewed' AS kind,
    status AS from_status,
    status AS to_status,
    :actor AS actor,
    '' AS note,
    json_build_object('changes', json_build_object('review_on', CAST(:following_text AS text))) AS data
  FROM moved
  ORDER BY id
)
INSERT INTO outbox_letter (key, kind, scheduled_on, not_before, urgent, data, state, state_note, written_at, agency_id, task_id)
SELECT
  'review:' || id || ':' || to_char(reviewed_on, 'YYYY-MM-DD') AS key,
  'review' AS kind,
  :today AS scheduled_on,
  CASE WHEN urgent THEN :now ELSE :morning END AS not_before,
  urgent AS urgent,
  '{}' AS data,
  'pending' AS state,
  '' AS state_note,
  :now AS written_at,
  agency_id AS agency_id,
  id AS task_id
FROM moved
WHERE true
ORDER BY id
ON CONFLICT (key) DO NOTHING;
