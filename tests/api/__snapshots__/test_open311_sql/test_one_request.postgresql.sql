-- 1
SELECT "cases_case"."id", "cases_case"."reference", "cases_case"."procedure_id", "cases_case"."kind", "cases_case"."state",
       "cases_case"."department_id", "cases_case"."description", "cases_case"."place_label", "cases_case"."lon", "cases_case"."lat",
       "cases_case"."filed_at", "cases_case"."closed_at", "cases_case"."updated_at", "cases_case"."target_due_at", "cases_case"."due_at",
       "cases_case"."is_public", "cases_case"."outcome", "cases_case"."external", "cases_case"."source"
FROM "cases_case"
WHERE (("cases_case"."is_public"
        OR "cases_case"."source" = %s)
       AND "cases_case"."reference" = %s)
ORDER BY "cases_case"."id" ASC
LIMIT %s
