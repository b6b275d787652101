-- 1
SELECT "accounts_user"."id", "accounts_user"."password", "accounts_user"."last_login", "accounts_user"."uuid",
       "accounts_user"."username", "accounts_user"."name", "accounts_user"."email", "accounts_user"."phone", "accounts_user"."is_active",
       "accounts_user"."needs_second_factor", "accounts_user"."single_key_shortcuts", "accounts_user"."compact_lists", "accounts_user"."language",
       "accounts_user"."session_epoch", "accounts_user"."created_at"
FROM "accounts_user"
WHERE "accounts_user"."id" = %s
LIMIT %s

-- 2
SELECT "organization_membership"."id", "organization_membership"."user_id", "organization_membership"."role_id",
       "organization_membership"."department_id", "organization_membership"."team_id", "organization_role"."id", "organization_role"."key",
       "organization_role"."name", "organization_role"."reach", "organization_role"."permissions", "organization_team"."id",
       "organization_team"."uuid", "organization_team"."department_id", "organization_team"."key", "organization_team"."name",
       "organization_team"."is_contractor", "organization_team"."is_active"
FROM "organization_membership"
INNER JOIN "organization_role" ON ("organization_membership"."role_id" = "organization_role"."id")
LEFT OUTER JOIN "organization_team" ON ("organization_membership"."team_id" = "organization_team"."id")
WHERE "organization_membership"."user_id" = %s

-- 3
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
WHERE ("cases_case"."department_id" IN (%s)
       AND (NOT "cases_case"."is_reserved"
            OR "cases_case"."department_id" IN (%s))
       AND "cases_case"."uuid" = %s)
ORDER BY "cases_case"."id" ASC
LIMIT %s

-- 4
SELECT "cases_event"."id", "cases_event"."uuid", "cases_event"."case_id", "cases_event"."at", "cases_event"."kind",
       "cases_event"."visibility", "cases_event"."by", "cases_event"."by_label", "cases_event"."text", "cases_event"."data",
       "cases_event"."salt", "cases_event"."seq"
FROM "cases_event"
WHERE "cases_event"."case_id" = %s
ORDER BY "cases_event"."seq" DESC

-- 5
SELECT "cases_attachment"."id", "cases_attachment"."uuid", "cases_attachment"."case_id", "cases_attachment"."event_id",
       "cases_attachment"."file_id", "cases_attachment"."name", "cases_attachment"."visibility", "files_storedfile"."id",
       "files_storedfile"."uuid", "files_storedfile"."sha256", "files_storedfile"."size", "files_storedfile"."media_type",
       "files_storedfile"."name", "files_storedfile"."width", "files_storedfile"."height", "files_storedfile"."thumbnail_sha256",
       "files_storedfile"."state", "files_storedfile"."kept_by", "files_storedfile"."created_at"
FROM "cases_attachment"
INNER JOIN "files_storedfile" ON ("cases_attachment"."file_id" = "files_storedfile"."id")
WHERE "cases_attachment"."case_id" = %s
ORDER BY "cases_attachment"."id" ASC

-- 6
SELECT "cases_workitem"."id", "cases_workitem"."uuid", "cases_workitem"."case_id", "cases_workitem"."kind", "cases_workitem"."state",
       "cases_workitem"."name", "cases_workitem"."node", "cases_workitem"."task_id", "cases_workitem"."role", "cases_workitem"."form_key",
       "cases_workitem"."form_version", "cases_workitem"."script", "cases_workitem"."team_id", "cases_workitem"."assignee_id",
       "cases_workitem"."opened_at", "cases_workitem"."due_at", "cases_workitem"."done_at", "cases_workitem"."done_by_id",
       "cases_workitem"."answers", "cases_workitem"."timer_id", "cases_workitem"."timer_due_at", "accounts_user"."id",
       "accounts_user"."password", "accounts_user"."last_login", "accounts_user"."uuid", "accounts_user"."username", "accounts_user"."name",
       "accounts_user"."email", "accounts_user"."phone", "accounts_user"."is_active", "accounts_user"."needs_second_factor",
       "accounts_user"."single_key_shortcuts", "accounts_user"."compact_lists", "accounts_user"."language", "accounts_user"."session_epoch",
       "accounts_user"."created_at"
FROM "cases_workitem"
LEFT OUTER JOIN "accounts_user" ON ("cases_workitem"."assignee_id" = "accounts_user"."id")
WHERE ("cases_workitem"."case_id" = %s
       AND NOT ("cases_workitem"."state" = %s))
ORDER BY "cases_workitem"."id" ASC

-- 7
SELECT "people_contactpoint"."id", "people_contactpoint"."uuid", "people_contactpoint"."person_id", "people_contactpoint"."kind",
       "people_contactpoint"."value", "people_contactpoint"."verified_at", "people_contactpoint"."is_preferred"
FROM "people_contactpoint"
WHERE "people_contactpoint"."person_id" = %s

-- 8
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
WHERE ("cases_case"."department_id" IN (%s)
       AND (NOT "cases_case"."is_reserved"
            OR "cases_case"."department_id" IN (%s))
       AND "cases_case"."uuid" IN (%s))

-- 9
SELECT "cases_deadline"."id", "cases_deadline"."case_id", "cases_deadline"."kind", "cases_deadline"."quantity", "cases_deadline"."unit",
       "cases_deadline"."law", "cases_deadline"."article", "cases_deadline"."silence", "cases_deadline"."starts_at",
       "cases_deadline"."due_at", "cases_deadline"."extended_by", "cases_deadline"."met_at"
FROM "cases_deadline"
WHERE "cases_deadline"."case_id" = %s

-- 10
SELECT "cases_pause"."id", "cases_pause"."case_id", "cases_pause"."cause", "cases_pause"."stops", "cases_pause"."starts_at",
       "cases_pause"."ends_at", "cases_pause"."expires_at"
FROM "cases_pause"
WHERE ("cases_pause"."case_id" = %s
       AND "cases_pause"."ends_at" IS NULL)
ORDER BY "cases_pause"."id" ASC
LIMIT %s

-- 11
SELECT COUNT(*) AS "__count"
FROM "cases_case"
WHERE ("cases_case"."department_id" IN (%s)
       AND (NOT "cases_case"."is_reserved"
            OR "cases_case"."department_id" IN (%s))
       AND "cases_case"."id" IN (
                                   (SELECT U0."id" AS "pk"
                                    FROM "cases_case" U0
                                    WHERE U0."applicant_id" IN
                                        (SELECT id
                                         FROM people_person
                                         WHERE id = %s
                                         UNION ALL SELECT id
                                         FROM people_person
                                         WHERE canonical_id = %s))
                                 UNION ALL
                                   (SELECT U0."id" AS "pk"
                                    FROM "cases_case" U0
                                    WHERE U0."affected_id" IN
                                        (SELECT id
                                         FROM people_person
                                         WHERE id = %s
                                         UNION ALL SELECT id
                                         FROM people_person
                                         WHERE canonical_id = %s)))
       AND NOT ("cases_case"."identity" = %s)
       AND NOT ("cases_case"."id" = %s))

-- 12
SELECT "cases_case"."lon" AS "lon", "cases_case"."lat" AS "lat", "cases_case"."procedure_id" AS "procedure", "cases_case"."uuid" AS "uuid",
       "cases_case"."reference" AS "reference", "cases_case"."place_label" AS "place_label"
FROM "cases_case"
WHERE ("cases_case"."department_id" IN (%s)
       AND (NOT "cases_case"."is_reserved"
            OR "cases_case"."department_id" IN (%s))
       AND "cases_case"."closed_at" IS NULL
       AND "cases_case"."cell_11" IN (%s, …)
       AND NOT ("cases_case"."id" = %s))
LIMIT %s

-- 13
SELECT "cases_relatedcase"."id", "cases_relatedcase"."uuid", "cases_relatedcase"."case_id", "cases_relatedcase"."other_id",
       "cases_relatedcase"."kind", "cases_relatedcase"."since_at"
FROM "cases_relatedcase"
WHERE ("cases_relatedcase"."case_id" = %s
       OR "cases_relatedcase"."other_id" = %s)
ORDER BY "cases_relatedcase"."id" ASC

-- 14
SELECT "cases_case"."id", "cases_case"."uuid", "cases_case"."reference", "cases_case"."procedure_id", "cases_case"."state",
       "cases_case"."department_id", "cases_case"."team_id", "cases_case"."assignee_id", "cases_case"."description",
       "cases_case"."place_label", "cases_case"."filed_at", "cases_case"."closed_at", "cases_case"."person_replied_at",
       "cases_case"."due_at", "cases_case"."paused_at", "cases_case"."paused", "cases_case"."urgency", "accounts_user"."id",
       "accounts_user"."name"
FROM "cases_case"
LEFT OUTER JOIN "accounts_user" ON ("cases_case"."assignee_id" = "accounts_user"."id")
WHERE ("cases_case"."department_id" IN (%s)
       AND (NOT "cases_case"."is_reserved"
            OR "cases_case"."department_id" IN (%s))
       AND "cases_case"."id" IN (%s))

-- 15
SELECT "cases_replytemplate"."id", "cases_replytemplate"."uuid", "cases_replytemplate"."key", "cases_replytemplate"."name",
       "cases_replytemplate"."use", "cases_replytemplate"."department_id", "cases_replytemplate"."kind", "cases_replytemplate"."text",
       "cases_replytemplate"."is_active"
FROM "cases_replytemplate"
WHERE ("cases_replytemplate"."is_active"
       AND ("cases_replytemplate"."department_id" = %s
            OR "cases_replytemplate"."department_id" IS NULL)
       AND ("cases_replytemplate"."kind" = %s
            OR "cases_replytemplate"."kind" = %s)
       AND "cases_replytemplate"."use" = %s)
ORDER BY "cases_replytemplate"."use" ASC, "cases_replytemplate"."name" ASC, "cases_replytemplate"."id" ASC
