-- 1
SELECT "places_address"."id", "places_address"."fingerprint", "places_address"."key", "places_address"."street_id",
       "places_address"."street_name", "places_address"."folded", "places_address"."number", "places_address"."figure",
       "places_address"."parcel_id", "places_address"."lon", "places_address"."lat", "places_address"."cell"
FROM "places_address"
WHERE "places_address"."cell" IN (%s, …)

-- 2
SELECT "people_contactpoint"."id", "people_contactpoint"."uuid", "people_contactpoint"."person_id", "people_contactpoint"."kind",
       "people_contactpoint"."value", "people_contactpoint"."verified_at", "people_contactpoint"."is_preferred", "people_person"."id",
       "people_person"."uuid", "people_person"."given_names", "people_person"."first_surname", "people_person"."second_surname",
       "people_person"."folded", "people_person"."is_protected", "people_person"."canonical_id", "people_person"."language",
       "people_person"."residence", "people_person"."created_at", "people_person"."erased_at"
FROM "people_contactpoint"
INNER JOIN "people_person" ON ("people_contactpoint"."person_id" = "people_person"."id")
WHERE ("people_contactpoint"."kind" = %s
       AND "people_person"."erased_at" IS NULL
       AND "people_person"."folded" = %s
       AND "people_contactpoint"."value" = %s
       AND "people_contactpoint"."verified_at" IS NULL)
ORDER BY "people_contactpoint"."id" ASC
LIMIT %s

-- 3
INSERT INTO "people_person" ("uuid", "given_names", "first_surname", "second_surname", "folded", "is_protected",
                             "canonical_id", "language", "residence", "created_at", "erased_at")
VALUES (%s, …) RETURNING "people_person"."id"

-- 4
INSERT INTO "people_contactpoint" ("uuid", "person_id", "kind", "value", "verified_at", "is_preferred")
SELECT *
FROM UNNEST((%s)::uuid[], (%s)::bigint[], (%s)::varchar[], (%s)::varchar[], (%s)::timestamp with time zone[], (%s)::boolean[]) RETURNING "people_contactpoint"."id"

-- 5
INSERT INTO audit_trailentry (chain, seq, at, by, verb, data, previous, hash)
VALUES (%s, …)

-- 6
INSERT INTO audit_chainhead (chain, count, last_hash, mac, anchored)
VALUES (%s, …)

-- 7
SELECT "cases_case"."id", "cases_case"."uuid", "cases_case"."reference", "cases_case"."procedure_id", "cases_case"."kind",
       "cases_case"."nature", "cases_case"."state", "cases_case"."channel", "cases_case"."identity", "cases_case"."process_id",
       "cases_case"."applicant_id", "cases_case"."affected_id", "cases_case"."filed_by_id", "cases_case"."department_id",
       "cases_case"."team_id", "cases_case"."assignee_id", "cases_case"."routing", "cases_case"."description", "cases_case"."answers",
       "cases_case"."form_version", "cases_case"."mood", "cases_case"."is_incomplete", "cases_case"."place", "cases_case"."corrected_place",
       "cases_case"."place_label", "cases_case"."lon", "cases_case"."lat", "cases_case"."cell_7", "cases_case"."cell_9",
       "cases_case"."cell_11", "cases_case"."district_id", "cases_case"."neighborhood_id", "cases_case"."filed_at",
       "cases_case"."taken_at", "cases_case"."answered_at", "cases_case"."closed_at", "cases_case"."updated_at",
       "cases_case"."person_replied_at", "cases_case"."response_due_at", "cases_case"."target_due_at", "cases_case"."due_at",
       "cases_case"."paused_at", "cases_case"."paused", "cases_case"."escalation", "cases_case"."is_urgent", "cases_case"."order_at",
       "cases_case"."urgency", "cases_case"."is_public", "cases_case"."is_reserved", "cases_case"."follower_count",
       "cases_case"."reopenings", "cases_case"."outcome", "cases_case"."follow_code", "cases_case"."salt", "cases_case"."idempotency_key",
       "cases_case"."external", "cases_case"."source", "cases_case"."source_key", "cases_case"."version", "cases_case"."search_due_at"
FROM "cases_case"
WHERE "cases_case"."idempotency_key" = %s
ORDER BY "cases_case"."id" ASC
LIMIT %s

-- 8
INSERT INTO "cases_casecounter" (year, last)
VALUES (%s, …) ON CONFLICT (year) DO
UPDATE
SET last = "cases_casecounter".last + %s RETURNING last

-- 9
INSERT INTO "workflow_processinstance" ("uuid", "definition_id", "subject", "status", "state", "outcome", "turn",
                                        "started_at", "ended_at")
VALUES (%s, …) RETURNING "workflow_processinstance"."id"

-- 10
INSERT INTO "cases_case" ("uuid", "reference", "procedure_id", "kind", "nature", "state", "channel", "identity",
                          "process_id", "applicant_id", "affected_id", "filed_by_id", "department_id", "team_id", "assignee_id",
                          "routing", "description", "answers", "form_version", "mood", "is_incomplete", "place",
                          "corrected_place", "place_label", "lon", "lat", "cell_7", "cell_9", "cell_11", "district_id",
                          "neighborhood_id", "filed_at", "taken_at", "answered_at", "closed_at", "updated_at", "person_replied_at",
                          "response_due_at", "target_due_at", "due_at", "paused_at", "paused", "escalation", "is_urgent", "order_at",
                          "urgency", "is_public", "is_reserved", "follower_count", "reopenings", "outcome", "follow_code",
                          "salt", "idempotency_key", "external", "source", "source_key", "version", "search_due_at")
VALUES (%s, …) RETURNING "cases_case"."id"

-- 11
INSERT INTO "cases_deadline" ("case_id", "kind", "quantity", "unit", "law", "article", "silence", "starts_at", "due_at",
                              "extended_by", "met_at")
VALUES (%s, …) RETURNING "cases_deadline"."id"

-- 12
INSERT INTO "cases_workitem" ("uuid", "case_id", "kind", "state", "name", "node", "task_id", "role", "form_key",
                              "form_version", "script", "team_id", "assignee_id", "opened_at", "due_at", "done_at", "done_by_id",
                              "answers", "timer_id", "timer_due_at")
VALUES (%s, …) RETURNING "cases_workitem"."id"

-- 13
INSERT INTO audit_trailentry (chain, seq, at, by, verb, data, previous, hash)
VALUES (%s, …)

-- 14
INSERT INTO audit_chainhead (chain, count, last_hash, mac, anchored)
VALUES (%s, …)

-- 15
INSERT INTO "cases_event" ("uuid", "case_id", "at", "kind", "visibility", "by", "by_label", "text", "data", "salt", "seq")
VALUES (%s, …) RETURNING "cases_event"."id"

-- 16
SELECT "people_identitydocument"."number" AS "number"
FROM "people_identitydocument"
WHERE "people_identitydocument"."person_id" = %s

-- 17
INSERT INTO "notifications_message" ("uuid", "message_id", "channel", "address", "recipient", "kind", "family", "about",
                                     "language", "subject", "body", "is_essential", "must_arrive", "state", "attempts",
                                     "next_attempt_at", "expires_at", "provider_reference", "said", "digest_id", "created_at",
                                     "finished_at")
VALUES (%s, …) RETURNING "notifications_message"."id"

-- 18
INSERT INTO search_searchdocument (kind,
               uuid, title, snippet, department_id, is_public, is_reserved, at, vector)
SELECT kind, uuid, title, snippet, department_id, is_public, is_reserved, at, vector
FROM json_to_recordset(%s::json) AS given (kind text, uuid text, title text, snippet text, department_id int, is_public bool, is_reserved bool, at timestamptz, vector
                                           tsvector) ON CONFLICT (kind, uuid) DO
UPDATE
SET title = excluded.title, snippet = excluded.snippet, department_id = excluded.department_id, is_public = excluded.is_public,
    is_reserved = excluded.is_reserved, at = excluded.at, vector = excluded.vector
