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
SELECT "notifications_message"."id", "notifications_message"."uuid", "notifications_message"."message_id", "notifications_message"."channel",
       "notifications_message"."address", "notifications_message"."recipient", "notifications_message"."kind", "notifications_message"."family",
       "notifications_message"."about", "notifications_message"."language", "notifications_message"."subject", "notifications_message"."body",
       "notifications_message"."is_essential", "notifications_message"."must_arrive", "notifications_message"."state",
       "notifications_message"."attempts", "notifications_message"."next_attempt_at", "notifications_message"."expires_at",
       "notifications_message"."provider_reference", "notifications_message"."said", "notifications_message"."digest_id",
       "notifications_message"."created_at", "notifications_message"."finished_at", T2."id", T2."uuid", T2."message_id", T2."channel", T2."address",
       T2."recipient", T2."kind", T2."family", T2."about", T2."language", T2."subject", T2."body", T2."is_essential",
       T2."must_arrive", T2."state", T2."attempts", T2."next_attempt_at", T2."expires_at", T2."provider_reference", T2."said",
       T2."digest_id", T2."created_at", T2."finished_at"
FROM "notifications_message"
LEFT OUTER JOIN "notifications_message" T2 ON ("notifications_message"."digest_id" = T2."id")
WHERE ("notifications_message"."about" = %s
       AND NOT ("notifications_message"."kind" = %s))
ORDER BY "notifications_message"."created_at" DESC, "notifications_message"."id" DESC
LIMIT %s

-- 5
SELECT "cases_workitem"."id", "cases_workitem"."uuid", "cases_workitem"."case_id", "cases_workitem"."kind", "cases_workitem"."state",
       "cases_workitem"."name", "cases_workitem"."node", "cases_workitem"."task_id", "cases_workitem"."role", "cases_workitem"."form_key",
       "cases_workitem"."form_version", "cases_workitem"."script", "cases_workitem"."team_id", "cases_workitem"."assignee_id",
       "cases_workitem"."opened_at", "cases_workitem"."due_at", "cases_workitem"."done_at", "cases_workitem"."done_by_id",
       "cases_workitem"."answers", "cases_workitem"."timer_id", "cases_workitem"."timer_due_at"
FROM "cases_workitem"
WHERE ("cases_workitem"."case_id" = %s
       AND "cases_workitem"."kind" = %s)

-- 6
SELECT "notifications_message"."state" AS "state", COUNT("notifications_message"."id") AS "pk__count"
FROM "notifications_message"
WHERE ("notifications_message"."about" = %s
       AND "notifications_message"."kind" = %s)
GROUP BY %s
