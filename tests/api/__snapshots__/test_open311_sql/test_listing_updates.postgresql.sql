-- 1
SELECT "accounts_apikey"."id", "accounts_apikey"."uuid", "accounts_apikey"."name", "accounts_apikey"."prefix",
       "accounts_apikey"."scopes", "accounts_apikey"."user_id", "accounts_apikey"."per_minute", "accounts_apikey"."expires_at",
       "accounts_apikey"."revoked_at", "accounts_user"."id", "accounts_user"."uuid", "accounts_user"."username", "accounts_user"."name",
       "accounts_user"."is_active"
FROM "accounts_apikey"
LEFT OUTER JOIN "accounts_user" ON ("accounts_apikey"."user_id" = "accounts_user"."id")
WHERE "accounts_apikey"."digest" = %s
ORDER BY "accounts_apikey"."id" ASC
LIMIT %s

-- 2
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
