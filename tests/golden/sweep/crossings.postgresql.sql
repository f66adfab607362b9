-- late: whose
SELECT t.id FROM task t
WHERE t.id = ANY (ARRAY (
  SELECT t.id FROM task t
  WHERE t.status IN ('accepted', 'assigned', 'in_progress', 'returned')
    AND t.due_on IS NOT NULL AND t.late_step = :below AND t.due_on > :low AND t.due_on <= :high
))
  AND t.agency_id NOT IN (SELECT id FROM agency WHERE valid_to IS NOT NULL AND valid_to <= :today)
  AND NOT EXISTS (SELECT 1 FROM task_crossing c WHERE c.task_id = t.id AND c.trigger = 'time' AND c.step = :step AND c.due_on = t.due_on);

-- late: change
WITH s AS MATERIALIZED (
  SELECT
    t.id AS id,
    (SELECT coalesce(sum((
      SELECT CASE
        WHEN NOT ((
          SELECT 1 FROM message_letter c JOIN outbox_message m ON m.id = c.message_id
          WHERE c.letter_id = l.id AND m.state IN ('saved', 'sending', 'sent', 'unknown') LIMIT 1
        ) IS NOT NULL)
        AND NOT (l.state = 'pending' AND (SELECT 1 FROM contact k WHERE k.agency_id = l.agency_id AND k.active
            AND (SELECT 1 FROM contact_address a WHERE a.contact_id = k.id AND NOT a.withdrawn
                AND a.unusable_since IS NULL AND coalesce(a.channel, '') NOT IN (SELECT s.channel FROM channel_state s WHERE s.since IS NOT NULL) LIMIT 1) IS NOT NULL LIMIT 1) IS NOT NULL)
        AND NOT (u.urged_on >= :today AND (
          SELECT 1 FROM message_letter c JOIN outbox_message m ON m.id = c.message_id
          WHERE c.letter_id = l.id AND m.state = 'queued' AND coalesce(m.channel, '') NOT IN (SELECT s.channel FROM channel_state s WHERE s.since IS NOT NULL) LIMIT 1
        ) IS NOT NULL) THEN 1
        WHEN (
          SELECT 1 FROM message_letter c JOIN outbox_message m ON m.id = c.message_id
          WHERE c.letter_id = l.id AND m.state = 'unknown' LIMIT 1
        ) IS NOT NULL
        AND NOT ((
          SELECT 1 FROM message_letter c JOIN outbox_message m ON m.id = c.message_id
          WHERE c.letter_id = l.id AND m.state IN ('saved', 'sent') LIMIT 1
        ) IS NOT NULL) THEN 1000000
        ELSE 0 END
      FROM outbox_letter l WHERE l.key = u.letter_key
    )), 0)
      FROM urging u WHERE u.task_id = t.id AND u.carried_on IS NULL) AS summed
  FROM task t
  WHERE t.id = ANY (:ids)
), moved AS (
  UPDATE task AS t
  SET version = t.version + 1, late_step = :step
  FROM s
  WHERE t.id = ANY (:ids)
    AND t.id = s.id
    AND t.status IN ('accepted', 'assigned', 'in_progress', 'returned')
    AND t.due_on IS NOT NULL AND t.late_step = :below AND t.due_on > :low AND t.due_on <= :high
  RETURNING
    t.id AS id,
    t.agency_id AS agency_id,
    t.due_on AS due_on,
    t.version AS version,
    t.status AS status,
    t.urgent AS urgent,
    t.urged AS urged,
    s.summed % 1000000 AS unreached,
    s.summed / 1000000 AS unsure,
    CAST(:step AS integer) AS step,
    CASE WHEN t.agency_id = :body THEN CAST(:above_rung AS varchar) ELSE CAST(:rung AS varchar) END AS rung,
    CASE WHEN t.agency_id = :body THEN CAST(:above_label AS varchar) ELSE CAST(:label AS varchar) END AS label,
    CASE WHEN t.agency_id = :body THEN CAST(:above_body AS varchar) ELSE CAST(:body AS varchar) END AS body
), crossings AS (
  INSERT INTO task_crossing (task_id, trigger, step, due_on, rung, crossed_on)
  SELECT
    id AS task_id,
    'time' AS trigger,
    step AS step,
    due_on AS due_on,
    rung AS rung,
    :today AS crossed_on
  FROM moved
  ORDER BY id
), events AS (
  INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
  SELECT
    id AS task_id,
    version AS seq,
    :now AS happened_at,
    :today AS happened_on,
    'crossed' AS kind,
    status AS from_status,
    status AS to_status,
    :actor AS actor,
    'Báo cáo '
      || label
      || ': quá hạn '
      || (CAST(:today AS date) - due_on)
      || ' ngày (hạn '
      || to_char(due_on, 'DD/MM/YYYY')
      || '), đã đôn đốc '
      || urged
      || ' lần'
      || (CASE
          WHEN unreached > 0 AND unsure > 0 THEN ', trong đó ' || unreached || ' lần chưa đến nơi nhận, ' || unsure || ' lần chưa rõ đã đến nơi nhận hay chưa'
          WHEN unreached = 1 AND urged = 1 THEN ', chưa đến nơi nhận'
          WHEN unreached >= urged AND unreached > 0 THEN ', cả ' || unreached || ' lần đều chưa đến nơi nhận'
          WHEN unreached > 0 THEN ', trong đó ' || unreached || ' lần chưa đến nơi nhận'
          WHEN unsure = 1 AND urged = 1 THEN ', chưa rõ đã đến nơi nhận hay chưa'
          WHEN unsure >= urged AND unsure > 0 THEN ', cả ' || unsure || ' lần đều chưa rõ đã đến nơi nhận hay chưa'
          WHEN unsure > 0 THEN ', trong đó ' || unsure || ' lần chưa rõ đã đến nơi nhận hay chưa'
          ELSE '' END)
      || '.' AS note,
    json_build_object('step', step, 'trigger', 'time', 'rung', rung, 'changes', json_build_object('late_step', step)) AS data
  FROM moved
  ORDER BY id
)
INSERT INTO outbox_letter (key, kind, scheduled_on, not_before, urgent, data, state, state_note, written_at, agency_id, task_id, number, due_on)
SELECT
  'crossing:' || id || ':' || 'time' || ':' || step || ':' || to_char(due_on, 'YYYY-MM-DD') AS key,
  'crossing' AS kind,
  :today AS scheduled_on,
  CASE WHEN urgent THEN :now ELSE :morning END AS not_before,
  urgent AS urgent,
  '{}' AS data,
  'pending' AS state,
  '' AS state_note,
  :now AS written_at,
  body AS agency_id,
  id AS task_id,
  step AS number,
  due_on AS due_on
FROM moved
WHERE true
ORDER BY id
ON CONFLICT (key) DO NOTHING;

-- urged: whose
SELECT t.id FROM task t
WHERE t.id = ANY (ARRAY (
  SELECT t.id FROM task t
  WHERE t.status IN ('accepted', 'assigned', 'in_progress', 'returned')
    AND t.last_urged_on IS NOT NULL AND t.count_step = :below AND t.urged >= :low AND t.due_on < :today AND t.last_urged_on >= :since
))
  AND t.agency_id NOT IN (SELECT id FROM agency WHERE valid_to IS NOT NULL AND valid_to <= :today)
  AND NOT EXISTS (SELECT 1 FROM task_crossing c WHERE c.task_id = t.id AND c.trigger = 'count' AND c.step = :step AND c.due_on = t.due_on);

-- urged: change
WITH s AS MATERIALIZED (
  SELECT
    t.id AS id,
    (SELECT coalesce(sum((
      SELECT CASE
        WHEN NOT ((
          SELECT 1 FROM message_letter c JOIN outbox_message m ON m.id = c.message_id
          WHERE c.letter_id = l.id AND m.state IN ('saved', 'sending', 'sent', 'unknown') LIMIT 1
        ) IS NOT NULL)
        AND NOT (l.state = 'pending' AND (SELECT 1 FROM contact k WHERE k.agency_id = l.agency_id AND k.active
            AND (SELECT 1 FROM contact_address a WHERE a.contact_id = k.id AND NOT a.withdrawn
                AND a.unusable_since IS NULL AND coalesce(a.channel, '') NOT IN (SELECT s.channel FROM channel_state s WHERE s.since IS NOT NULL) LIMIT 1) IS NOT NULL LIMIT 1) IS NOT NULL)
        AND NOT (u.urged_on >= :today AND (
          SELECT 1 FROM message_letter c JOIN outbox_message m ON m.id = c.message_id
          WHERE c.letter_id = l.id AND m.state = 'queued' AND coalesce(m.channel, '') NOT IN (SELECT s.channel FROM channel_state s WHERE s.since IS NOT NULL) LIMIT 1
        ) IS NOT NULL) THEN 1
        WHEN (
          SELECT 1 FROM message_letter c JOIN outbox_message m ON m.id = c.message_id
          WHERE c.letter_id = l.id AND m.state = 'unknown' LIMIT 1
        ) IS NOT NULL
        AND NOT ((
          SELECT 1 FROM message_letter c JOIN outbox_message m ON m.id = c.message_id
          WHERE c.letter_id = l.id AND m.state IN ('saved', 'sent') LIMIT 1
        ) IS NOT NULL) THEN 1000000
        ELSE 0 END
      FROM outbox_letter l WHERE l.key = u.letter_key
    )), 0)
      FROM urging u WHERE u.task_id = t.id AND u.carried_on IS NULL) AS summed
  FROM task t
  WHERE t.id = ANY (:ids)
), moved AS (
  UPDATE task AS t
  SET version = t.version + 1, count_step = :step
  FROM s
  WHERE t.id = ANY (:ids)
    AND t.id = s.id
    AND t.urged - s.summed % 1000000 BETWEEN :low AND :high
    AND t.status IN ('accepted', 'assigned', 'in_progress', 'returned')
    AND t.last_urged_on IS NOT NULL AND t.count_step = :below AND t.urged >= :low AND t.due_on < :today AND t.last_urged_on >= :since
  RETURNING
    t.id AS id,
    t.agency_id AS agency_id,
    t.due_on AS due_on,
    t.version AS version,
    t.status AS status,
    t.urgent AS urgent,
    t.urged AS urged,
    s.summed % 1000000 AS unreached,
    s.summed / 1000000 AS unsure,
    CAST(:step AS integer) AS step,
    CASE WHEN t.agency_id = :body THEN CAST(:above_rung AS varchar) ELSE CAST(:rung AS varchar) END AS rung,
    CASE WHEN t.agency_id = :body THEN CAST(:above_label AS varchar) ELSE CAST(:label AS varchar) END AS label,
    CASE WHEN t.agency_id = :body THEN CAST(:above_body AS varchar) ELSE CAST(:body AS varchar) END AS body
), crossings AS (
  INSERT INTO task_crossing (task_id, trigger, step, due_on, rung, crossed_on)
  SELECT
    id AS task_id,
    'count' AS trigger,
    step AS step,
    due_on AS due_on,
    rung AS rung,
    :today AS crossed_on
  FROM moved
  ORDER BY id
), events AS (
  INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
  SELECT
    id AS task_id,
    version AS seq,
    :now AS happened_at,
    :today AS happened_on,
    'crossed' AS kind,
    status AS from_status,
    status AS to_status,
    :actor AS actor,
    'Báo cáo '
      || label
      || ': quá hạn '
      || (CAST(:today AS date) - due_on)
      || ' ngày (hạn '
      || to_char(due_on, 'DD/MM/YYYY')
      || '), đã đôn đốc '
      || urged
      || ' lần'
      || (CASE
          WHEN unreached > 0 AND unsure > 0 THEN ', trong đó ' || unreached || ' lần chưa đến nơi nhận, ' || unsure || ' lần chưa rõ đã đến nơi nhận hay chưa'
          WHEN unreached = 1 AND urged = 1 THEN ', chưa đến nơi nhận'
          WHEN unreached >= urged AND unreached > 0 THEN ', cả ' || unreached || ' lần đều chưa đến nơi nhận'
          WHEN unreached > 0 THEN ', trong đó ' || unreached || ' lần chưa đến nơi nhận'
          WHEN unsure = 1 AND urged = 1 THEN ', chưa rõ đã đến nơi nhận hay chưa'
          WHEN unsure >= urged AND unsure > 0 THEN ', cả ' || unsure || ' lần đều chưa rõ đã đến nơi nhận hay chưa'
          WHEN unsure > 0 THEN ', trong đó ' || unsure || ' lần chưa rõ đã đến nơi nhận hay chưa'
          ELSE '' END)
      || '.' AS note,
    json_build_object('step', step, 'trigger', 'count', 'rung', rung, 'changes', json_build_object('count_step', step)) AS data
  FROM moved
  ORDER BY id
)
INSERT INTO outbox_letter (key, kind, scheduled_on, not_before, urgent, data, state, state_note, written_at, agency_id, task_id, number, due_on)
SELECT
  'crossing:' || id || ':' || 'count' || ':' || step || ':' || to_char(due_on, 'YYYY-MM-DD') AS key,
  'crossing' AS kind,
  :today AS scheduled_on,
  CASE WHEN urgent THEN :now ELSE :morning END AS not_before,
  urgent AS urgent,
  '{}' AS data,
  'pending' AS state,
  '' AS state_note,
  :now AS written_at,
  body AS agency_id,
  id AS task_id,
  step AS number,
  due_on AS due_on
FROM moved
WHERE true
ORDER BY id
ON CONFLICT (key) DO NOTHING;

-- arrived: whose
SELECT t.id FROM task t
WHERE t.id = ANY (ARRAY (
  SELECT t.id FROM task t
  WHERE t.status IN ('accepted', 'assigned', 'in_progress', 'returned')
    AND t.last_urged_on IS NOT NULL AND t.count_step = :below AND t.urged >= :low AND t.due_on < :today AND t.last_urged_on < :since
))
  AND t.agency_id NOT IN (SELECT id FROM agency WHERE valid_to IS NOT NULL AND valid_to <= :today)
  AND NOT EXISTS (SELECT 1 FROM task_crossing c WHERE c.task_id = t.id AND c.trigger = 'count' AND c.step = :step AND c.due_on = t.due_on)
  AND (
      (SELECT 1 FROM urging u JOIN outbox_letter l ON l.key = u.letter_key
          JOIN message_letter c ON c.letter_id = l.id JOIN outbox_message m ON m.id = c.message_id
        WHERE u.task_id = t.id AND m.state IN ('saved', 'sent', 'unknown') AND m.settled_at >= :looked_at LIMIT 1) IS NOT NULL
      OR (SELECT 1 FROM task_event e WHERE e.task_id = t.id AND e.kind = 'paper_issued'
          AND e.happened_at >= :looked_at LIMIT 1) IS NOT NULL
  );

-- arrived: change
WITH s AS MATERIALIZED (
  SELECT
    t.id AS id,
    (SELECT coalesce(sum((
      SELECT CASE
        WHEN NOT ((
          SELECT 1 FROM message_letter c JOIN outbox_message m ON m.id = c.message_id
          WHERE c.letter_id = l.id AND m.state IN ('saved', 'sending', 'sent', 'unknown') LIMIT 1
        ) IS NOT NULL)
        AND NOT (l.state = 'pending' AND (SELECT 1 FROM contact k WHERE k.agency_id = l.agency_id AND k.active
            AND (SELECT 1 FROM contact_address a WHERE a.contact_id = k.id AND NOT a.withdrawn
                AND a.unusable_since IS NULL AND coalesce(a.channel, '') NOT IN (SELECT s.channel FROM channel_state s WHERE s.since IS NOT NULL) LIMIT 1) IS NOT NULL LIMIT 1) IS NOT NULL)
        AND NOT (u.urged_on >= :today AND (
          SELECT 1 FROM message_letter c JOIN outbox_message m ON m.id = c.message_id
          WHERE c.letter_id = l.id AND m.state = 'queued' AND coalesce(m.channel, '') NOT IN (SELECT s.channel FROM channel_state s WHERE s.since IS NOT NULL) LIMIT 1
        ) IS NOT NULL) THEN 1
        WHEN (
          SELECT 1 FROM message_letter c JOIN outbox_message m ON m.id = c.message_id
          WHERE c.letter_id = l.id AND m.state = 'unknown' LIMIT 1
        ) IS NOT NULL
        AND NOT ((
          SELECT 1 FROM message_letter c JOIN outbox_message m ON m.id = c.message_id
          WHERE c.letter_id = l.id AND m.state IN ('saved', 'sent') LIMIT 1
        ) IS NOT NULL) THEN 1000000
        ELSE 0 END
      FROM outbox_letter l WHERE l.key = u.letter_key
    )), 0)
      FROM urging u WHERE u.task_id = t.id AND u.carried_on IS NULL) AS summed
  FROM task t
  WHERE t.id = ANY (:ids)
), moved AS (
  UPDATE task AS t
  SET version = t.version + 1, count_step = :step
  FROM s
  WHERE t.id = ANY (:ids)
    AND t.id = s.id
    AND t.urged - s.summed % 1000000 BETWEEN :low AND :high
    AND t.status IN ('accepted', 'assigned', 'in_progress', 'returned')
    AND t.last_urged_on IS NOT NULL AND t.count_step = :below AND t.urged >= :low AND t.due_on < :today AND t.last_urged_on < :since
  RETURNING
    t.id AS id,
    t.agency_id AS agency_id,
    t.due_on AS due_on,
    t.version AS version,
    t.status AS status,
    t.urgent AS urgent,
    t.urged AS urged,
    s.summed % 1000000 AS unreached,
    s.summed / 1000000 AS unsure,
    CAST(:step AS integer) AS step,
    CASE WHEN t.agency_id = :body THEN CAST(:above_rung AS varchar) ELSE CAST(:rung AS varchar) END AS rung,
    CASE WHEN t.agency_id = :body THEN CAST(:above_label AS varchar) ELSE CAST(:label AS varchar) END AS label,
    CASE WHEN t.agency_id = :body THEN CAST(:above_body AS varchar) ELSE CAST(:body AS varchar) END AS body
), crossings AS (
  INSERT INTO task_crossing (task_id, trigger, step, due_on, rung, crossed_on)
  SELECT
    id AS task_id,
    'count' AS trigger,
    step AS step,
    due_on AS due_on,
    rung AS rung,
    :today AS crossed_on
  FROM moved
  ORDER BY id
), events AS (
  INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data)
  SELECT
    id AS task_id,
    version AS seq,
    :now AS happened_at,
    :today AS happened_on,
    'crossed' AS kind,
    status AS from_status,
    status AS to_status,
    :actor AS actor,
    'Báo cáo '
      || label
      || ': quá hạn '
      || (CAST(:today AS date) - due_on)
      || ' ngày (hạn '
      || to_char(due_on, 'DD/MM/YYYY')
      || '), đã đôn đốc '
      || urged
      || ' lần'
      || (CASE
          WHEN unreached > 0 AND unsure > 0 THEN ', trong đó ' || unreached || ' lần chưa đến nơi nhận, ' || unsure || ' lần chưa rõ đã đến nơi nhận hay chưa'
          WHEN unreached = 1 AND urged = 1 THEN ', chưa đến nơi nhận'
          WHEN unreached >= urged AND unreached > 0 THEN ', cả ' || unreached || ' lần đều chưa đến nơi nhận'
          WHEN unreached > 0 THEN ', trong đó ' || unreached || ' lần chưa đến nơi nhận'
          WHEN unsure = 1 AND urged = 1 THEN ', chưa rõ đã đến nơi nhận hay chưa'
          WHEN unsure >= urged AND unsure > 0 THEN ', cả ' || unsure || ' lần đều chưa rõ đã đến nơi nhận hay chưa'
          WHEN unsure > 0 THEN ', trong đó ' || unsure || ' lần chưa rõ đã đến nơi nhận hay chưa'
          ELSE '' END)
      || '.' AS note,
    json_build_object('step', step, 'trigger', 'count', 'rung', rung, 'changes', json_build_object('count_step', step)) AS data
  FROM moved
  ORDER BY id
)
INSERT INTO outbox_letter (key, kind, scheduled_on, not_before, urgent, data, state, state_note, written_at, agency_id, task_id, number, due_on)
SELECT
  'crossing:' || id || ':' || 'count' || ':' || step || ':' || to_char(due_on, 'YYYY-MM-DD') AS key,
  'crossing' AS kind,
  :today AS scheduled_on,
  CASE WHEN urgent THEN :now ELSE :morning END AS not_before,
  urgent AS urgent,
  '{}' AS data,
  'pending' AS state,
  '' AS state_note,
  :now AS written_at,
  body AS agency_id,
  id AS task_id,
  step AS number,
  due_on AS due_on
FROM moved
WHERE true
ORDER BY id
ON CONFLICT (key) DO NOTHING;
