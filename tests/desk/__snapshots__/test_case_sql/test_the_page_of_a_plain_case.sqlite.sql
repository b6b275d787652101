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
       "cases_case"."external", "cases_case"."source", "cases_case"."source_key", "cases_case"."version", "catalog_procedure"."id",
       "catalog_procedure"."uuid", "catalog_procedure"."key", "catalog_procedure"."service_id", "catalog_procedure"."name",
       "catalog_procedure"."description", "catalog_procedure"."words", "catalog_procedure"."kind", "catalog_procedure"."nature",
       "catalog_procedure"."place_need", "catalog_procedure"."form_id", "catalog_procedure"."process_key", "catalog_procedure"."department_id",
       "catalog_procedure"."team_id", "catalog_procedure"."target_quantity", "catalog_procedure"."target_unit", "catalog_procedure"."weight",
       "catalog_procedure"."is_emergency", "catalog_procedure"."emergency_phone", "catalog_procedure"."emergency_advice",
       "catalog_procedure"."is_public", "catalog_procedure"."at_dwelling", "catalog_procedure"."technical_only",
       "catalog_procedure"."needs_document", "catalog_procedure"."reopen_days", "catalog_procedure"."order", "catalog_procedure"."is_active",
       "catalog_service"."id", "catalog_service"."key", "catalog_service"."name", "catalog_service"."description",
       "catalog_service"."icon", "catalog_service"."order", "catalog_service"."is_active", "forms_formversion"."id",
       "forms_formversion"."key", "forms_formversion"."version", "forms_formversion"."schema", "forms_formversion"."layout",
       "forms_formversion"."digest", "forms_formversion"."published_at", "forms_formversion"."published_by", "workflow_processinstance"."id",
       "workflow_processinstance"."uuid", "workflow_processinstance"."definition_id", "workflow_processinstance"."subject",
       "workflow_processinstance"."status", "workflow_processinstance"."state", "workflow_processinstance"."outcome",
       "workflow_processinstance"."turn", "workflow_processinstance"."started_at", "workflow_processinstance"."ended_at", "people_person"."id",
       "people_person"."uuid", "people_person"."given_names", "people_person"."first_surname", "people_person"."second_surname",
       "people_person"."folded", "people_person"."is_protected", "people_person"."canonical_id", "people_person"."language",
       "people_person"."created_at", "people_person"."erased_at", T9."id", T9."uuid", T9."given_names", T9."first_surname", T9."second_surname",
       T9."folded", T9."is_protected", T9."canonical_id", T9."language", T9."created_at", T9."erased_at",
       "organization_department"."id", "organization_department"."uuid", "organization_department"."key", "organization_department"."name",
       "organization_department"."phone", "organization_department"."email", "organization_department"."is_active", "organization_team"."id",
       "organization_team"."uuid", "organization_team"."department_id", "organization_team"."key", "organization_team"."name",
       "organization_team"."is_contractor", "organization_team"."is_active", "accounts_user"."id", "accounts_user"."password",
       "accounts_user"."last_login", "accounts_user"."uuid", "accounts_user"."username", "accounts_user"."name", "accounts_user"."email",
       "accounts_user"."phone", "accounts_user"."is_active", "accounts_user"."needs_second_factor",
       "accounts_user"."single_key_shortcuts", "accounts_user"."compact_lists", "accounts_user"."language", "accounts_user"."session_epoch",
       "accounts_user"."created_at", "places_zone"."id", "places_zone"."key", "places_zone"."fingerprint", "places_zone"."uuid",
       "places_zone"."kind", "places_zone"."word", "places_zone"."name", "places_zone"."folded", "places_zone"."parent_id",
       "places_zone"."geometry", "places_zone"."area_m2", "places_zone"."label_lon", "places_zone"."label_lat", T12."id", T12."key",
       T12."fingerprint", T12."uuid", T12."kind", T12."word", T12."name", T12."folded", T12."parent_id", T12."geometry", T12."area_m2",
       T12."label_lon", T12."label_lat"
FROM "cases_case"
INNER JOIN "organization_department" ON ("cases_case"."department_id" = "organization_department"."id")
LEFT OUTER JOIN "organization_team" ON ("cases_case"."team_id" = "organization_team"."id")
INNER JOIN "catalog_procedure" ON ("cases_case"."procedure_id" = "catalog_procedure"."id")
INNER JOIN "catalog_service" ON ("catalog_procedure"."service_id" = "catalog_service"."id")
LEFT OUTER JOIN "forms_formversion" ON ("catalog_procedure"."form_id" = "forms_formversion"."id")
LEFT OUTER JOIN "workflow_processinstance" ON ("cases_case"."process_id" = "workflow_processinstance"."id")
LEFT OUTER JOIN "people_person" ON ("cases_case"."applicant_id" = "people_person"."id")
LEFT OUTER JOIN "people_person" T9 ON ("cases_case"."affected_id" = T9."id")
LEFT OUTER JOIN "accounts_user" ON ("cases_case"."assignee_id" = "accounts_user"."id")
LEFT OUTER JOIN "places_zone" ON ("cases_case"."district_id" = "places_zone"."id")
LEFT OUTER JOIN "places_zone" T12 ON ("cases_case"."neighborhood_id" = T12."id")
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
       "cases_workitem"."answers", "cases_workitem"."timer_id", "cases_workitem"."timer_due_at", "organization_team"."id",
       "organization_team"."uuid", "organization_team"."department_id", "organization_team"."key", "organization_team"."name",
       "organization_team"."is_contractor", "organization_team"."is_active", "accounts_user"."id", "accounts_user"."password",
       "accounts_user"."last_login", "accounts_user"."uuid", "accounts_user"."username", "accounts_user"."name", "accounts_user"."email",
       "accounts_user"."phone", "accounts_user"."is_active", "accounts_user"."needs_second_factor",
       "accounts_user"."single_key_shortcuts", "accounts_user"."compact_lists", "accounts_user"."language", "accounts_user"."session_epoch",
       "accounts_user"."created_at"
FROM "cases_workitem"
LEFT OUTER JOIN "organization_team" ON ("cases_workitem"."team_id" = "organization_team"."id")
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
SELECT "cases_deadline"."id", "cases_deadline"."case_id", "cases_deadline"."kind", "cases_deadline"."quantity", "cases_deadline"."unit",
       "cases_deadline"."law", "cases_deadline"."article", "cases_deadline"."silence", "cases_deadline"."starts_at",
       "cases_deadline"."due_at", "cases_deadline"."extended_by", "cases_deadline"."met_at"
FROM "cases_deadline"
WHERE "cases_deadline"."case_id" = %s

-- 9
SELECT COUNT(*) AS "__count"
FROM "cases_case"
WHERE ("cases_case"."applicant_id" = %s
       AND NOT ("cases_case"."id" = %s))

-- 10
SELECT "forms_formversion"."id", "forms_formversion"."key", "forms_formversion"."version", "forms_formversion"."schema",
       "forms_formversion"."layout", "forms_formversion"."digest", "forms_formversion"."published_at", "forms_formversion"."published_by"
FROM "forms_formversion"
WHERE ("forms_formversion"."key" = %s
       AND "forms_formversion"."version" = %s)
LIMIT %s

-- 11
SELECT "cases_case"."id", "cases_case"."uuid", "cases_case"."reference", "cases_case"."procedure_id", "cases_case"."lon",
       "cases_case"."lat", "catalog_procedure"."id", "catalog_procedure"."key", "catalog_procedure"."name"
FROM "cases_case"
INNER JOIN "catalog_procedure" ON ("cases_case"."procedure_id" = "catalog_procedure"."id")
WHERE ("cases_case"."department_id" IN (%s)
       AND (NOT "cases_case"."is_reserved"
            OR "cases_case"."department_id" IN (%s))
       AND "cases_case"."closed_at" IS NULL
       AND "cases_case"."cell_11" IN (%s, …)
       AND NOT ("cases_case"."id" = %s))
LIMIT %s

-- 12
SELECT "cases_relatedcase"."id", "cases_relatedcase"."uuid", "cases_relatedcase"."case_id", "cases_relatedcase"."other_id",
       "cases_relatedcase"."kind", "cases_relatedcase"."since_at", "cases_case"."id", "cases_case"."uuid", "cases_case"."reference",
       "cases_case"."procedure_id", "cases_case"."kind", "cases_case"."nature", "cases_case"."state", "cases_case"."channel",
       "cases_case"."identity", "cases_case"."process_id", "cases_case"."applicant_id", "cases_case"."affected_id",
       "cases_case"."filed_by_id", "cases_case"."department_id", "cases_case"."team_id", "cases_case"."assignee_id", "cases_case"."routing",
       "cases_case"."description", "cases_case"."answers", "cases_case"."form_version", "cases_case"."mood", "cases_case"."is_incomplete",
       "cases_case"."place", "cases_case"."corrected_place", "cases_case"."place_label", "cases_case"."lon", "cases_case"."lat",
       "cases_case"."cell_7", "cases_case"."cell_9", "cases_case"."cell_11", "cases_case"."district_id", "cases_case"."neighborhood_id",
       "cases_case"."filed_at", "cases_case"."taken_at", "cases_case"."answered_at", "cases_case"."closed_at", "cases_case"."updated_at",
       "cases_case"."person_replied_at", "cases_case"."response_due_at", "cases_case"."target_due_at", "cases_case"."due_at",
       "cases_case"."paused_at", "cases_case"."paused", "cases_case"."escalation", "cases_case"."is_urgent", "cases_case"."order_at",
       "cases_case"."urgency", "cases_case"."is_public", "cases_case"."is_reserved", "cases_case"."follower_count",
       "cases_case"."reopenings", "cases_case"."outcome", "cases_case"."follow_code", "cases_case"."salt", "cases_case"."idempotency_key",
       "cases_case"."external", "cases_case"."source", "cases_case"."source_key", "cases_case"."version", "catalog_procedure"."id",
       "catalog_procedure"."uuid", "catalog_procedure"."key", "catalog_procedure"."service_id", "catalog_procedure"."name",
       "catalog_procedure"."description", "catalog_procedure"."words", "catalog_procedure"."kind", "catalog_procedure"."nature",
       "catalog_procedure"."place_need", "catalog_procedure"."form_id", "catalog_procedure"."process_key", "catalog_procedure"."department_id",
       "catalog_procedure"."team_id", "catalog_procedure"."target_quantity", "catalog_procedure"."target_unit", "catalog_procedure"."weight",
       "catalog_procedure"."is_emergency", "catalog_procedure"."emergency_phone", "catalog_procedure"."emergency_advice",
       "catalog_procedure"."is_public", "catalog_procedure"."at_dwelling", "catalog_procedure"."technical_only",
       "catalog_procedure"."needs_document", "catalog_procedure"."reopen_days", "catalog_procedure"."order", "catalog_procedure"."is_active", T3."id",
       T3."uuid", T3."reference", T3."procedure_id", T3."kind", T3."nature", T3."state", T3."channel", T3."identity",
       T3."process_id", T3."applicant_id", T3."affected_id", T3."filed_by_id", T3."department_id", T3."team_id", T3."assignee_id",
       T3."routing", T3."description", T3."answers", T3."form_version", T3."mood", T3."is_incomplete", T3."place",
       T3."corrected_place", T3."place_label", T3."lon", T3."lat", T3."cell_7", T3."cell_9", T3."cell_11", T3."district_id",
       T3."neighborhood_id", T3."filed_at", T3."taken_at", T3."answered_at", T3."closed_at", T3."updated_at", T3."person_replied_at",
       T3."response_due_at", T3."target_due_at", T3."due_at", T3."paused_at", T3."paused", T3."escalation", T3."is_urgent", T3."order_at",
       T3."urgency", T3."is_public", T3."is_reserved", T3."follower_count", T3."reopenings", T3."outcome", T3."follow_code",
       T3."salt", T3."idempotency_key", T3."external", T3."source", T3."source_key", T3."version", T5."id", T5."uuid", T5."key",
       T5."service_id", T5."name", T5."description", T5."words", T5."kind", T5."nature", T5."place_need", T5."form_id",
       T5."process_key", T5."department_id", T5."team_id", T5."target_quantity", T5."target_unit", T5."weight", T5."is_emergency",
       T5."emergency_phone", T5."emergency_advice", T5."is_public", T5."at_dwelling", T5."technical_only", T5."needs_document",
       T5."reopen_days", T5."order", T5."is_active"
FROM "cases_relatedcase"
INNER JOIN "cases_case" ON ("cases_relatedcase"."case_id" = "cases_case"."id")
INNER JOIN "cases_case" T3 ON ("cases_relatedcase"."other_id" = T3."id")
INNER JOIN "catalog_procedure" ON ("cases_case"."procedure_id" = "catalog_procedure"."id")
INNER JOIN "catalog_procedure" T5 ON (T3."procedure_id" = T5."id")
WHERE (("cases_relatedcase"."case_id" = %s
        OR "cases_relatedcase"."other_id" = %s)
       AND "cases_relatedcase"."case_id" IN
         (SELECT U0."id"
          FROM "cases_case" U0
          WHERE (U0."department_id" IN (%s)
                 AND (NOT U0."is_reserved"
                      OR U0."department_id" IN (%s))))
       AND "cases_relatedcase"."other_id" IN
         (SELECT U0."id"
          FROM "cases_case" U0
          WHERE (U0."department_id" IN (%s)
                 AND (NOT U0."is_reserved"
                      OR U0."department_id" IN (%s)))))
ORDER BY "cases_relatedcase"."id" ASC
