using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Loa.Kernel;

/// <summary>The disk takes no more, said by a program of ours or by the machine.</summary>
public sealed class NoRoomException(Exception? why = null) : Exception("The disk takes no more.", why);

/// <summary>What of the machine is in trouble.</summary>
public enum OutageKind
{
    /// <summary>The disk takes no more.</summary>
    NoRoom,

    /// <summary>The database cannot be reached.</summary>
    DatabaseAway,
}

/// <summary>Tells trouble of the machine, which passes or which its keeper mends, from a bug.</summary>
public static class Outage
{
    const int SqliteFull = 13;
    const int SqliteFailingDisk = 10;
    const int SqliteBusy = 5;
    const int SqliteLocked = 6;

    // ENOSPC, EDQUOT and EFBIG of Linux, as .NET passes them on.
    const int NoSpace = 28;
    const int OverQuota = 122;
    const int FileTooLarge = 27;

    /// <summary>Null for a bug.</summary>
    public static OutageKind? Of(Exception exception) =>
        IsNoRoom(exception) ? OutageKind.NoRoom
        : IsAway(exception) ? OutageKind.DatabaseAway
        : null;

    static bool IsNoRoom(Exception exception) =>
        exception switch
        {
            SqliteException { SqliteErrorCode: SqliteFull or SqliteFailingDisk } => true,
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
            NoRoomException => true,
            IOException { HResult: NoSpace or OverQuota or FileTooLarge } => true,
            DbUpdateException
            or InvalidOperationException
            or NpgsqlException
            or IOException when exception.InnerException is { } inner => IsNoRoom(inner),
            _ => false,
        };

    // Or held by another; it comes back by itself.
    static bool IsAway(Exception exception) =>
        exception switch
        {
            SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => true,
            // Being restarted (57P01–57P03), all places taken (53300), in the middle of a commit (08xxx).
            PostgresException { SqlState: ['5', '7', 'P', ..] or "53300" or ['0', '8', ..] } => true,
            PostgresException => false,
            NpgsqlException { IsTransient: true } => true,
            NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException or TimeoutException } =>
                true,
            DbUpdateException
            or InvalidOperationException
            or NpgsqlException when exception.InnerException is { } inner => IsAway(inner),
            _ => false,
        };

    /// <summary>The line to the database broke or was refused, at once: another one may do. A wait that was too long is not meant.</summary>
    public static bool IsBrokenLine(Exception exception) =>
        exception switch
        {
            PostgresException { SqlState: ['5', '7', 'P', ..] or ['0', '8', ..] } => true,
            PostgresException => false,
            NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException } => true,
            DbUpdateException
            or InvalidOperationException
            or NpgsqlException when exception.InnerException is { } inner => IsBrokenLine(inner),
            _ => false,
        };
}
