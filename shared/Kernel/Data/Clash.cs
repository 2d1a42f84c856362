using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Loa.Kernel;

/// <summary>Tells a clash of two transactions, which is worth another try, from a real failure.</summary>
static class Clash
{
    const int SqliteBusy = 5;
    const int SqliteLocked = 6;
    const int SqlitePrimaryKey = 1555;
    const int SqliteUnique = 2067;

    public static bool Is(Exception exception) =>
        exception switch
        {
            // A unique key taken meanwhile is a clash too: the next try reads who took it. A lasting one fails the tenth time.
            SqliteException { SqliteExtendedErrorCode: SqlitePrimaryKey or SqliteUnique } => true,
            PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
            DbUpdateException { InnerException: { } inner } => Is(inner),
            InvalidOperationException { InnerException: { } inner } => Is(inner),
            SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => true,
            PostgresException
            {
                SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            } => true,
            _ => false,
        };
}
