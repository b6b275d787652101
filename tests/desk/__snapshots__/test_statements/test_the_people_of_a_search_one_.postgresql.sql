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
UNION
  (SELECT "search_searchword"."word" AS "word", "search_searchword"."count" AS "count", %s AS "near"
   FROM "search_searchword"
   INNER JOIN "search_spellingkey" ON ("search_searchword"."id" = "search_spellingkey"."word_id")
   WHERE (NOT EXISTS
            (SELECT %s AS "a"
             FROM "search_searchword" U0
             WHERE U0."word" = %s
             LIMIT %s)
          AND "search_spellingkey"."key" IN (%s, …)))

-- 4
SELECT id
FROM search_searchdocument
WHERE vector @@ %s::tsquery
ORDER BY id DESC
LIMIT %s

-- 5
SELECT "search_searchdocument"."id" AS "pk", "search_searchdocument"."kind" AS "kind", "search_searchdocument"."uuid" AS "uuid",
       "search_searchdocument"."title" AS "title", "search_searchdocument"."snippet" AS "snippet", "search_searchdocument"."at" AS "at",
       "search_searchdocument"."department_id" AS "department_id", "search_searchdocument"."is_public" AS "is_public",
       "search_searchdocument"."is_reserved" AS "is_reserved"
FROM "search_searchdocument"
WHERE "search_searchdocument"."id" IN (%s)

-- 6
SELECT "people_person"."id", "people_person"."uuid", "people_person"."given_names", "people_person"."first_surname",
       "people_person"."second_surname", "people_person"."folded", "people_person"."is_protected", "people_person"."canonical_id",
       "people_person"."language", "people_person"."residence", "people_person"."created_at", "people_person"."erased_at",
       "people_contactpoint"."kind" AS "kind", "people_contactpoint"."value" AS "value"
FROM "people_person"
LEFT OUTER JOIN "people_contactpoint" ON ("people_person"."id" = "people_contactpoint"."person_id")
WHERE ("people_person"."canonical_id" IS NULL
       AND "people_person"."erased_at" IS NULL
       AND NOT "people_person"."is_protected"
       AND "people_person"."uuid" IN (%s))
ORDER BY "people_contactpoint"."id" ASC
