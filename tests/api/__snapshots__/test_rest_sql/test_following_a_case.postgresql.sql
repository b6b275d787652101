-- 1
SELECT "cases_case"."id", "cases_case"."uuid", "cases_case"."reference", "cases_case"."procedure_id", "cases_case"."kind",
       "cases_case"."state", "cases_case"."process_id", "cases_case"."department_id", "cases_case"."assignee_id",
       "cases_case"."filed_at", "cases_case"."taken_at", "cases_case"."closed_at", "cases_case"."updated_at",
       "cases_case"."response_due_at", "cases_case"."target_due_at", "cases_case"."outcome", "cases_case"."follow_code",
       "workflow_processinstance"."id", "workflow_processinstance"."definition_id", "workflow_processdefinition"."id",
       "workflow_processdefinition"."key", "workflow_processdefinition"."version"
FROM "cases_case"
LEFT OUTER JOIN "workflow_processinstance" ON ("cases_case"."process_id" = "workflow_processinstance"."id")
LEFT OUTER JOIN "workflow_processdefinition" ON ("workflow_processinstance"."definition_id" = "workflow_processdefinition"."id")
WHERE "cases_case"."reference" = %s
ORDER BY "cases_case"."id" ASC
LIMIT %s

-- 2
SELECT "cases_event"."id", "cases_event"."uuid", "cases_event"."case_id", "cases_event"."at", "cases_event"."kind",
       "cases_event"."visibility", "cases_event"."by", "cases_event"."by_label", "cases_event"."text", "cases_event"."data",
       "cases_event"."salt", "cases_event"."seq"
FROM "cases_event"
WHERE ("cases_event"."case_id" = %s
       AND NOT ("cases_event"."visibility" = %s))
ORDER BY "cases_event"."seq" ASC

-- 3
SELECT "cases_deadline"."id", "cases_deadline"."case_id", "cases_deadline"."kind", "cases_deadline"."quantity", "cases_deadline"."unit",
       "cases_deadline"."law", "cases_deadline"."article", "cases_deadline"."silence", "cases_deadline"."starts_at",
       "cases_deadline"."due_at", "cases_deadline"."extended_by", "cases_deadline"."met_at"
FROM "cases_deadline"
WHERE "cases_deadline"."case_id" = %s
