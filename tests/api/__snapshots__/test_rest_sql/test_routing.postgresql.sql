-- 1
SELECT "organization_membership"."id", "organization_membership"."user_id", "organization_membership"."role_id",
       "organization_membership"."department_id", "organization_membership"."team_id", "organization_role"."id", "organization_role"."key",
       "organization_role"."name", "organization_role"."reach", "organization_role"."permissions", "organization_team"."id",
       "organization_team"."uuid", "organization_team"."department_id", "organization_team"."key", "organization_team"."name",
       "organization_team"."is_contractor", "organization_team"."is_active"
FROM "organization_membership"
INNER JOIN "organization_role" ON ("organization_membership"."role_id" = "organization_role"."id")
LEFT OUTER JOIN "organization_team" ON ("organization_membership"."team_id" = "organization_team"."id")
WHERE "organization_membership"."user_id" = %s

-- 2
SELECT "cases_case"."id", "cases_case"."uuid", "cases_case"."state", "cases_case"."department_id", "cases_case"."team_id",
       "cases_case"."closed_at", "cases_case"."is_reserved"
FROM "cases_case"
WHERE ("cases_case"."department_id" IN (%s)
       AND (NOT "cases_case"."is_reserved"
            OR "cases_case"."department_id" IN (%s))
       AND "cases_case"."uuid" = %s)
ORDER BY "cases_case"."id" ASC
LIMIT %s

-- 3
SELECT "organization_department"."id", "organization_department"."uuid", "organization_department"."key", "organization_department"."name",
       "organization_department"."phone", "organization_department"."email", "organization_department"."is_active"
FROM "organization_department"
WHERE ("organization_department"."is_active"
       AND "organization_department"."key" = %s)
ORDER BY "organization_department"."name" ASC
LIMIT %s

-- 4
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
       "cases_case"."external", "cases_case"."source", "cases_case"."source_key", "cases_case"."version", "cases_case"."search_due_at",
       "people_person"."id", "people_person"."uuid", "people_person"."given_names", "people_person"."first_surname",
       "people_person"."second_surname", "people_person"."folded", "people_person"."is_protected", "people_person"."canonical_id",
       "people_person"."language", "people_person"."residence", "people_person"."created_at", "people_person"."erased_at",
       "accounts_user"."id", "accounts_user"."password", "accounts_user"."last_login", "accounts_user"."uuid",
       "accounts_user"."username", "accounts_user"."name", "accounts_user"."email", "accounts_user"."phone", "accounts_user"."is_active",
       "accounts_user"."needs_second_factor", "accounts_user"."single_key_shortcuts", "accounts_user"."compact_lists", "accounts_user"."language",
       "accounts_user"."session_epoch", "accounts_user"."created_at"
FROM "cases_case"
LEFT OUTER JOIN "people_person" ON ("cases_case"."applicant_id" = "people_person"."id")
LEFT OUTER JOIN "accounts_user" ON ("cases_case"."assignee_id" = "accounts_user"."id")
WHERE "cases_case"."id" = %s
LIMIT %s
FOR
UPDATE OF "cases_case"

-- 5
SELECT chain, count, last_hash
FROM audit_chainhead
WHERE chain IN (%s)
ORDER BY chain
FOR
UPDATE

-- 6
INSERT INTO audit_trailentry (chain, seq, at, by, verb, data, previous, hash)
VALUES (%s, …)

-- 7
UPDATE audit_chainhead
SET count = %s, last_hash = %s, mac = %s, anchored = %s
WHERE chain = %s

-- 8
INSERT INTO "cases_event" ("uuid", "case_id", "at", "kind", "visibility", "by", "by_label", "text", "data", "salt", "seq")
VALUES (%s, …) RETURNING "cases_event"."id"

-- 9
UPDATE "cases_workitem"
SET "team_id" = NULL, "assignee_id" = NULL
WHERE ("cases_workitem"."case_id" = %s
       AND "cases_workitem"."state" = %s)

-- 10
UPDATE "cases_case"
SET "uuid" = %s, "reference" = %s, "procedure_id" = %s, "kind" = %s, "nature" = %s, "state" = %s, "channel" = %s,
    "identity" = %s, "process_id" = %s, "applicant_id" = %s, "affected_id" = NULL, "filed_by_id" = NULL, "department_id" = %s,
    "team_id" = NULL, "assignee_id" = NULL, "routing" = %s, "description" = %s, "answers" = %s, "form_version" = %s, "mood" = %s,
    "is_incomplete" = %s, "place" = %s, "corrected_place" = NULL, "place_label" = %s, "lon" = %s, "lat" = %s, "cell_7" = %s,
    "cell_9" = %s, "cell_11" = %s, "district_id" = %s, "neighborhood_id" = %s, "filed_at" = %s, "taken_at" = NULL,
    "answered_at" = NULL, "closed_at" = NULL, "updated_at" = %s, "person_replied_at" = NULL, "response_due_at" = NULL,
    "target_due_at" = %s, "due_at" = %s, "paused_at" = NULL, "paused" = %s, "escalation" = %s, "is_urgent" = %s, "order_at" = %s,
    "urgency" = %s, "is_public" = %s, "is_reserved" = %s, "follower_count" = %s, "reopenings" = %s, "outcome" = %s,
    "follow_code" = %s, "salt" = %s, "idempotency_key" = NULL, "external" = %s, "source" = %s, "source_key" = NULL, "version" = %s,
    "search_due_at" = %s
WHERE "cases_case"."id" = %s

-- 11
SELECT "people_contactpoint"."id", "people_contactpoint"."uuid", "people_contactpoint"."person_id", "people_contactpoint"."kind",
       "people_contactpoint"."value", "people_contactpoint"."verified_at", "people_contactpoint"."is_preferred"
FROM "people_contactpoint"
WHERE "people_contactpoint"."person_id" IN (%s)
ORDER BY "people_contactpoint"."is_preferred" DESC, "people_contactpoint"."id" ASC

-- 12
INSERT INTO "notifications_message" ("uuid", "message_id", "channel", "address", "recipient", "kind", "family", "about",
                                     "language", "subject", "body", "is_essential", "must_arrive", "state", "attempts",
                                     "next_attempt_at", "expires_at", "provider_reference", "said", "digest_id", "created_at",
                                     "finished_at")
VALUES (%s, …) RETURNING "notifications_message"."id"
