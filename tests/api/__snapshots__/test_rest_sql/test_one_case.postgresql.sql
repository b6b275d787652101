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
SELECT "cases_case"."id", "cases_case"."uuid", "cases_case"."reference", "cases_case"."procedure_id", "cases_case"."kind",
       "cases_case"."nature", "cases_case"."state", "cases_case"."channel", "cases_case"."identity", "cases_case"."applicant_id",
       "cases_case"."department_id", "cases_case"."team_id", "cases_case"."assignee_id", "cases_case"."routing", "cases_case"."description",
       "cases_case"."answers", "cases_case"."form_version", "cases_case"."is_incomplete", "cases_case"."place",
       "cases_case"."corrected_place", "cases_case"."place_label", "cases_case"."lon", "cases_case"."lat", "cases_case"."district_id",
       "cases_case"."neighborhood_id", "cases_case"."filed_at", "cases_case"."closed_at", "cases_case"."updated_at", "cases_case"."due_at",
       "cases_case"."is_urgent", "cases_case"."order_at", "cases_case"."is_reserved", "cases_case"."follower_count",
       "cases_case"."outcome", "people_person"."id", "people_person"."uuid", "people_person"."given_names",
       "people_person"."first_surname", "people_person"."second_surname", "accounts_user"."id", "accounts_user"."username",
       "accounts_user"."name"
FROM "cases_case"
LEFT OUTER JOIN "people_person" ON ("cases_case"."applicant_id" = "people_person"."id")
LEFT OUTER JOIN "accounts_user" ON ("cases_case"."assignee_id" = "accounts_user"."id")
WHERE ("cases_case"."department_id" IN (%s)
       AND (NOT "cases_case"."is_reserved"
            OR "cases_case"."department_id" IN (%s))
       AND "cases_case"."uuid" = %s)
ORDER BY "cases_case"."id" ASC
LIMIT %s

-- 3
SELECT "people_contactpoint"."id", "people_contactpoint"."uuid", "people_contactpoint"."person_id", "people_contactpoint"."kind",
       "people_contactpoint"."value", "people_contactpoint"."verified_at", "people_contactpoint"."is_preferred"
FROM "people_contactpoint"
WHERE "people_contactpoint"."person_id" = %s

-- 4
SELECT "cases_deadline"."id", "cases_deadline"."case_id", "cases_deadline"."kind", "cases_deadline"."quantity", "cases_deadline"."unit",
       "cases_deadline"."law", "cases_deadline"."article", "cases_deadline"."silence", "cases_deadline"."starts_at",
       "cases_deadline"."due_at", "cases_deadline"."extended_by", "cases_deadline"."met_at"
FROM "cases_deadline"
WHERE "cases_deadline"."case_id" = %s

-- 5
SELECT "cases_workitem"."id", "cases_workitem"."uuid", "cases_workitem"."case_id", "cases_workitem"."kind", "cases_workitem"."state",
       "cases_workitem"."name", "cases_workitem"."node", "cases_workitem"."task_id", "cases_workitem"."role", "cases_workitem"."form_key",
       "cases_workitem"."form_version", "cases_workitem"."script", "cases_workitem"."team_id", "cases_workitem"."assignee_id",
       "cases_workitem"."opened_at", "cases_workitem"."due_at", "cases_workitem"."done_at", "cases_workitem"."done_by_id",
       "cases_workitem"."answers", "cases_workitem"."timer_id", "cases_workitem"."timer_due_at"
FROM "cases_workitem"
WHERE ("cases_workitem"."case_id" = %s
       AND NOT ("cases_workitem"."state" = %s))
ORDER BY "cases_workitem"."id" ASC

-- 6
SELECT "forms_formversion"."id", "forms_formversion"."key", "forms_formversion"."version", "forms_formversion"."schema",
       "forms_formversion"."layout", "forms_formversion"."digest", "forms_formversion"."published_at", "forms_formversion"."published_by"
FROM "forms_formversion"
WHERE "forms_formversion"."key" IN (%s)
ORDER BY "forms_formversion"."version" ASC

-- 7
SELECT "cases_event"."id", "cases_event"."uuid", "cases_event"."case_id", "cases_event"."at", "cases_event"."kind",
       "cases_event"."visibility", "cases_event"."by", "cases_event"."by_label", "cases_event"."text", "cases_event"."data",
       "cases_event"."salt", "cases_event"."seq"
FROM "cases_event"
WHERE "cases_event"."case_id" = %s
ORDER BY "cases_event"."seq" ASC

-- 8
SELECT "cases_attachment"."id", "cases_attachment"."uuid", "cases_attachment"."case_id", "cases_attachment"."event_id",
       "cases_attachment"."file_id", "cases_attachment"."name", "cases_attachment"."visibility", "files_storedfile"."id",
       "files_storedfile"."uuid", "files_storedfile"."sha256", "files_storedfile"."size", "files_storedfile"."media_type",
       "files_storedfile"."name", "files_storedfile"."width", "files_storedfile"."height", "files_storedfile"."thumbnail_sha256",
       "files_storedfile"."state", "files_storedfile"."kept_by", "files_storedfile"."created_at"
FROM "cases_attachment"
INNER JOIN "files_storedfile" ON ("cases_attachment"."file_id" = "files_storedfile"."id")
WHERE "cases_attachment"."event_id" IN (%s, …)
