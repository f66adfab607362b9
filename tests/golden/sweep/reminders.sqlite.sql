-- letters
INSERT INTO outbox_letter (key, kind, scheduled_on, not_before, urgent, data, state, state_note, written_at, agency_id, task_id, number, due_on)
SELECT
  'reminder:' || t.id || ':' || t.due_on || ':' || CAST(:step AS integer) AS key,
  'reminder' AS kind,
  :stood_on AS scheduled_on,
  CASE WHEN t.urgent THEN :now ELSE :morning END AS not_before,
  t.urgent AS urgent,
  '{}' AS data,
  'pending' AS state,
  '' AS state_note,
  :now AS written_at,
  t.agency_id AS agency_id,
  t.id AS task_id,
  :step AS number,
  t.due_on AS due_on
FROM task t
WHERE t.id IN (
  SELECT t.id FROM task t INDEXED BY ix_task_due
  WHERE t.due_on = :due_on
    AND t.status IN ('accepted', 'assigned', 'in_progress', 'returned')
    AND t.due_on IS NOT NULL
    AND NOT EXISTS (
      SELECT 1 FROM outbox_letter l WHERE l.kind = 'reminder'
        AND l.due_on = :due_on
        AND l.task_id = t.id
        AND l.number <= :step
    )
)
  AND t.due_set_on < :stood_on AND t.agency_id NOT IN (SELECT id FROM agency WHERE valid_to IS NOT NULL AND valid_to <= :today)
ORDER BY t.id
ON CONFLICT (key) DO NOTHING;
