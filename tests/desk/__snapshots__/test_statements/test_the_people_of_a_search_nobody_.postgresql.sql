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
(SELECT "search_searchword"."word" AS "word", "search_searchword"."count" AS "count", %s AS "near"
   FROM "search_searchword"
   WHERE ("search_searchword"."word" IN (%s)
          OR ("search_searchword"."word" >= %s
              AND "search_searchword"."word" <= %s)))

-- 4
SELECT id
FROM search_searchdocument
WHERE vector @@ %s::tsquery
ORDER BY id DESC
LIMIT %s
