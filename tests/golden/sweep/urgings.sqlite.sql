-- first: whose
CREATE TEMP TABLE moved AS
SELECT
  t.id AS id,
  t.agency_id AS agency_id,
  t.due_on AS due_on,
  t.version + 1 AS version,
  t.status AS status,
  t.urgent AS urgent,
  t.urged + 1 AS number,
  'Đôn đốc lần '
    || (t.urged + 1)
    || ': quá hạn '
    || CAST(julianday(:today) - julianday(t.due_on) AS integer)
    || ' ngày (hạn '
    || strftime('%d/%m/%Y', t.due_on)
    || ').' AS words
FROM task t INDEXED BY ix_task_urge_first
WHERE t.status IN ('accepted', 'assigned', 'in_progress', 'returned')
  AND t.last_urged_on IS NULL
  AND t.due_on < :urge_before
  AND t.agency_id NOT IN (SELECT id FROM agency WHERE valid_to IS NOT NULL AND valid_to <= :today)
  AND coalesce(
      (SELECT d.agency_id = t.agency_id AND d.due_on = t.due_on
          AND (d.told_on <= d.due_on OR d.told_on <= :rested)
        FROM told_deadline d WHERE d.task_id = t.id),
      NOT EXISTS (SELECT 1 FROM outbox_letter l
        WHERE l.task_id = t.id AND l.agency_id = t.agency_id
          AND l.state = 'pending' AND l.kind IN ('assignment', 'correction', 'deadline', 'decision', 'extension_answer', 'handed_over', 'reopened'))
  );

-- first: anybody
SELECT 1 FROM moved LIMIT 1;

-- first: papers
INSERT INTO urging_paper (agency_id, prepared_on)
SELECT DISTINCT agency_id, CAST(:today AS text)
FROM moved
WHERE number >= :paper_from
ORDER BY agency_id
ON CONFLICT (agency_id, prepared_on) DO UPDATE SET prepared_on = excluded.prepared_on
WHERE urging_paper.issued_on IS NULL;

-- first: urgings
INSERT INTO urging (task_id, number, urged_on, recipient_id, text, letter_key, sender, paper_id)
SELECT
  moved.id AS task_id,
  moved.number AS number,
  :today AS urged_on,
  moved.agency_id AS recipient_id,
  words AS text,
  'urging:' || moved.id || ':' || moved.number AS letter_key,
  :sender AS sender,
  p.id AS paper_id
FROM moved LEFT JOIN urging_paper p ON p.agency_id = moved.agency_id
  AND moved.number >= :paper_from
  AND p.prepared_on = :today AND p.issued_on IS NULL
ORDER BY moved.id;

-- first: events
INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
SELECT
  id AS task_id,
  version AS seq,
  :now AS happened_at,
  :today AS happened_on,
  'urged' AS kind,
  status AS from_status,
  status AS to_status,
  :actor AS actor,
  words AS note,
  json_object('number', number, 'changes', json_object('urged', number, 'last_urged_on', CAST(:today_text AS text))) AS data
FROM moved
ORDER BY id;

-- first: letters
INSERT INTO outbox_letter (key, kind, scheduled_on, not_before, urgent, data, state, state_note, written_at, agency_id, task_id, number, due_on)
SELECT
  'urging:' || id || ':' || number AS key,
  'urging' AS kind,
  :today AS scheduled_on,
  CASE WHEN urgent THEN :now ELSE :morning END AS not_before,
  urgent AS urgent,
  '{}' AS data,
  'pending' AS state,
  '' AS state_note,
  :now AS written_at,
  agency_id AS agency_id,
  id AS task_id,
  number AS number,
  due_on AS due_on
FROM moved
WHERE true
ORDER BY id
ON CONFLICT (key) DO NOTHING;

-- first: change
UPDATE task AS t
SET version = t.version + 1, urged = t.urged + 1, last_urged_on = :today
WHERE t.id IN (SELECT id FROM moved);

-- first: done
  DROP TABLE temp.moved;

-- again: whose
CREATE TEMP TABLE moved AS
SELECT
  t.id AS id,
  t.agency_id AS agency_id,
  t.due_on AS due_on,
  t.version + 1 AS version,
  t.status AS status,
  t.urgent AS urgent,
  t.urged + 1 AS number,
  'Đôn đốc lần '
    || (t.urged + 1)
    || ': quá hạn '
    || CAST(julianday(:today) - julianday(t.due_on) AS integer)
    || ' ngày (hạn '
    || strftime('%d/%m/%Y', t.due_on)
    || ').' AS words
FROM task t INDEXED BY ix_task_urge_again
WHERE t.status IN ('accepted', 'assigned', 'in_progress', 'returned')
  AND t.last_urged_on IS NOT NULL
  AND t.last_urged_on <= :rested
  AND t.due_on < :urge_before
  AND t.agency_id NOT IN (SELECT id FROM agency WHERE valid_to IS NOT NULL AND valid_to <= :today)
  AND coalesce(
      (SELECT d.agency_id = t.agency_id AND d.due_on = t.due_on
          AND (d.told_on <= d.due_on OR d.told_on <= :rested)
        FROM told_deadline d WHERE d.task_id = t.id),
      NOT EXISTS (SELECT 1 FROM outbox_letter l
        WHERE l.task_id = t.id AND l.agency_id = t.agency_id
          AND l.state = 'pending' AND l.kind IN ('assignment', 'correction', 'deadline', 'decision', 'extension_answer', 'handed_over', 'reopened'))
  );

-- again: anybody
SELECT 1 FROM moved LIMIT 1;

-- again: papers
INSERT INTO urging_paper (agency_id, prepared_on)
SELECT DISTINCT agency_id, CAST(:today AS text)
FROM moved
WHERE number >= :paper_from
ORDER BY agency_id
ON CONFLICT (agency_id, prepared_on) DO UPDATE SET prepared_on = excluded.prepared_on
WHERE urging_paper.issued_on IS NULL;

-- again: urgings
INSERT INTO urging (task_id, number, urged_on, recipient_id, text, letter_key, sender, paper_id)
SELECT
  moved.id AS task_id,
  moved.number AS number,
  :today AS urged_on,
  moved.agency_id AS recipient_id,
  words AS text,
  'urging:' || moved.id || ':' || moved.number AS letter_key,
  :sender AS sender,
  p.id AS paper_id
FROM moved LEFT JOIN urging_paper p ON p.agency_id = moved.agency_id
  AND moved.number >= :paper_from
  AND p.prepared_on = :today AND p.issued_on IS NULL
ORDER BY moved.id;

-- again: events
INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
SELECT
  id AS task_id,
  version AS seq,
  :now AS happened_at,
  :today AS happened_on,
  'urged' AS kind,
  status AS from_status,
  status AS to_status,
  :actor AS actor,
  words AS note,
  json_object('number', number, 'changes', json_object('urged', number, 'last_urged_on', CAST(:today_text AS text))) AS data
FROM moved
ORDER BY id;

-- again: letters
INSERT INTO outbox_letter (key, kind, scheduled_on, not_before, urgent, data, state, state_note, written_at, agency_id, task_id, number, due_on)
SELECT
  'urging:' || id || ':' || number AS key,
  'urging' AS kind,
  :today AS scheduled_on,
  CASE WHEN urgent THEN :now ELSE :morning END AS not_before,
  urgent AS urgent,
  '{}' AS data,
  'pending' AS state,
  '' AS state_note,
  :now AS written_at,
  agency_id AS agency_id,
  id AS task_id,
  number AS number,
  due_on AS due_on
FROM moved
WHERE true
ORDER BY id
ON CONFLICT (key) DO NOTHING;

-- again: change
UPDATE task AS t
SET version = t.version + 1, urged = t.urged + 1, last_urged_on = :today
WHERE t.id IN (SELECT id FROM moved);

-- again: done
  DROP TABLE temp.moved;
