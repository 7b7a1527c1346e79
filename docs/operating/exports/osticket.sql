-- Writes every ticket of osTicket (1.14 and later, MySQL 8 or MariaDB 10.5, table prefix ost_) as JSON, one line each. Reads only.
--     mysql --batch --raw --skip-column-names --default-character-set=utf8mb4 osticket < osticket.sql > osticket.jsonl
-- Moments are those of the database server: name its zone with the import (--zone).
SET SESSION group_concat_max_len = 1073741824;
SELECT JSON_OBJECT(
  'ticket_number', t.number,
  'subject', c.subject,
  'requester', JSON_OBJECT('name', u.name, 'email', ue.address),
  'department', d.name,
  'help_topic', h.topic,
  'assignee', JSON_OBJECT('name', NULLIF(TRIM(CONCAT(COALESCE(s.firstname, ''), ' ', COALESCE(s.lastname, ''))), ''), 'email', s.email),
  'status', ts.name,
  'priority', p.priority_desc,
  'created', t.created, 'updated', t.lastupdate, 'closed', t.closed,
  'source', t.source,
  'thread', (
    SELECT JSON_MERGE_PRESERVE('[]', CONCAT('[', COALESCE(GROUP_CONCAT(JSON_OBJECT(
        'id', e.id, 'type', e.type, 'created', e.created, 'poster', e.poster,
        'email', CASE WHEN e.staff_id > 0 THEN es.email ELSE eu.address END,
        'title', e.title, 'html', IF(e.format = 'html', e.body, NULL), 'text', IF(e.format = 'html', NULL, e.body),
        'attachments', COALESCE((
          SELECT JSON_MERGE_PRESERVE('[]', CONCAT('[', GROUP_CONCAT(JSON_OBJECT('name', COALESCE(a.name, f.name), 'type', f.type, 'base64',
              (SELECT REPLACE(TO_BASE64(GROUP_CONCAT(k.filedata ORDER BY k.chunk_id SEPARATOR '')), '\n', '') FROM ost_file_chunk k WHERE k.file_id = f.id))), ']'))
          FROM ost_attachment a JOIN ost_file f ON f.id = a.file_id WHERE a.type = 'H' AND a.object_id = e.id), JSON_ARRAY())
      ) ORDER BY e.created, e.id), ''), ']'))
    FROM ost_thread th JOIN ost_thread_entry e ON e.thread_id = th.id
    LEFT JOIN ost_staff es ON es.staff_id = e.staff_id LEFT JOIN ost_user eus ON eus.id = e.user_id LEFT JOIN ost_user_email eu ON eu.id = eus.default_email_id
    WHERE th.object_type = 'T' AND th.object_id = t.ticket_id)
)
FROM ost_ticket t
LEFT JOIN ost_ticket__cdata c ON c.ticket_id = t.ticket_id
LEFT JOIN ost_ticket_priority p ON p.priority_id = c.priority
LEFT JOIN ost_user u ON u.id = t.user_id LEFT JOIN ost_user_email ue ON ue.id = u.default_email_id
LEFT JOIN ost_department d ON d.id = t.dept_id LEFT JOIN ost_help_topic h ON h.topic_id = t.topic_id
LEFT JOIN ost_staff s ON s.staff_id = t.staff_id LEFT JOIN ost_ticket_status ts ON ts.id = t.status_id
ORDER BY t.ticket_id;
