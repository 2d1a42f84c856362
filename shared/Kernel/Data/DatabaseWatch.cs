using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Loa.Kernel;

/// <summary>
/// Knows from the server's own line when PostgreSQL dies and when it is there again: connections that died with it are thrown
/// away, and whoever opens one meanwhile waits a moment for its return instead of being refused.
/// </summary>
public sealed class DatabaseWatch(IServiceProvider services, TimeProvider clock)
{
    /// <summary>A restart is over by then; in a longer outage everybody is told at once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    volatile Absence? absence;
    int waiting;

    /// <summary>How many wait for it now.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>The database died: no connection that was open before is used again.</summary>
    public void Leave()
    {
        absence ??= new(clock.GetTimestamp());
        foreach (var module in services.GetServices<ModuleDbEntry>())
            services.GetRequiredKeyedService<NpgsqlDataSource>(module.Name).Clear();
    }

    public void Return()
    {
        var over = absence;
        absence = null;
        over?.Over.TrySetResult();
    }

    /// <summary>Returns when the database is there, or its absence has taken longer than <see cref="Patience"/>.</summary>
    internal async ValueTask Await(CancellationToken cancel)
    {
        if (absence is not { } now || Patience - clock.GetElapsedTime(now.Since) is not { Ticks: > 0 } left)
            return;
        Interlocked.Increment(ref waiting);
        try
        {
            await now.Over.Task.WaitAsync(left, clock, cancel);
        }
        catch (TimeoutException)
        {
            // The opening fails by itself, and says why.
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    sealed record Absence(long Since)
    {
        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Makes each opening of a connection wait for <see cref="DatabaseWatch"/>.</summary>
sealed class OpensWhenThere(DatabaseWatch watch) : DbConnectionInterceptor
{
    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        await watch.Await(cancellationToken);
        return result;
    }
}
