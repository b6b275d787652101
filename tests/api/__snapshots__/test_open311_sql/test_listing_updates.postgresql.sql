-- 1
SELECT "cases_event"."id", "cases_event"."uuid", "cases_event"."case_id", "cases_event"."at", "cases_event"."kind",
       "cases_event"."visibility", "cases_event"."text", "cases_case"."id", "cases_case"."reference", "cases_case"."source"
FROM "cases_event"
INNER JOIN "cases_case" ON ("cases_event"."case_id" = "cases_case"."id")
WHERE ("cases_event"."at" >= %s
       AND "cases_event"."at" <= %s
       AND "cases_event"."kind" IN (%s, …)
       AND "cases_event"."case_id" IN
         (SELECT U0."id"
          FROM "cases_case" U0
          WHERE ((U0."is_public"
                  OR U0."source" = %s)
                 AND U0."updated_at" >= %s))
       AND NOT ("cases_event"."by" = %s))
ORDER BY "cases_event"."at" ASC, "cases_event"."id" ASC
LIMIT %s
