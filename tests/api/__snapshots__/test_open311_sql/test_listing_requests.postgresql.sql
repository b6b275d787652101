-- 1
SELECT "accounts_apikey"."id", "accounts_apikey"."uuid", "accounts_apikey"."name", "accounts_apikey"."prefix",
       "accounts_apikey"."scopes", "accounts_apikey"."user_id", "accounts_apikey"."per_minute", "accounts_apikey"."expires_at",
       "accounts_apikey"."revoked_at", "accounts_user"."id", "accounts_user"."uuid", "accounts_user"."username", "accounts_user"."name",
       "accounts_user"."is_active"
FROM "accounts_apikey"
LEFT OUTER JOIN "accounts_user" ON ("accounts_apikey"."user_id" = "accounts_user"."id")
WHERE "accounts_apikey"."digest" = %s
LIMIT %s

-- 2
SELECT "cases_case"."id", "cases_case"."reference", "cases_case"."procedure_id", "cases_case"."kind", "cases_case"."state",
       "cases_case"."department_id", "cases_case"."description", "cases_case"."place_label", "cases_case"."lon", "cases_case"."lat",
       "cases_case"."filed_at", "cases_case"."closed_at", "cases_case"."updated_at", "cases_case"."target_due_at", "cases_case"."due_at",
       "cases_case"."is_public", "cases_case"."outcome", "cases_case"."external", "cases_case"."source"
FROM "cases_case"
WHERE ("cases_case"."is_public"
       AND "cases_case"."filed_at" >= %s
       AND "cases_case"."filed_at" <= %s
       AND "cases_case"."closed_at" IS NULL)
ORDER BY "cases_case"."filed_at" DESC, "cases_case"."id" DESC
LIMIT %s

-- 3
SELECT "cases_event"."id", "cases_event"."uuid", "cases_event"."case_id", "cases_event"."at", "cases_event"."kind",
       "cases_event"."visibility", "cases_event"."by", "cases_event"."by_label", "cases_event"."text", "cases_event"."data",
       "cases_event"."salt", "cases_event"."seq"
FROM "cases_event"
WHERE ("cases_event"."visibility" = %s
       AND "cases_event"."case_id" IN (%s, …))
ORDER BY "cases_event"."seq" ASC
