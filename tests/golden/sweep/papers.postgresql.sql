-- letters
INSERT INTO outbox_letter (key, kind, scheduled_on, not_before, urgent, data, state, state_note, written_at, agency_id)
SELECT
  'paper_due:' || p.agency_id || ':' || CAST(:today_text AS varchar) AS key,
  'paper_due' AS kind,
  :today AS scheduled_on,
  :morning AS not_before,
  false AS urgent,
  json_build_object('paper', p.id, 'agency_id', p.agency_id) AS data,
  'pending' AS state,
  '' AS state_note,
  :now AS written_at,
  CAST(:secretariat AS varchar) AS agency_id
FROM urging_paper p
WHERE p.prepared_on = :today
ORDER BY p.id
ON CONFLICT (key) DO NOTHING;
