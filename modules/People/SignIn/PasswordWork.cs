using Loa.Kernel;
using Loa.People.Credentials;
using Microsoft.AspNetCore.Http;

namespace Loa.People.SignIn;

/// <summary>
/// Shares out the slow work of checking passwords: known devices first, then each network in its turn, then networks from which
/// many wrong passwords came. Half the processors do it, so that a flood of attempts leaves the other half to the province.
/// </summary>
sealed class PasswordWork
{
    const int Waiting = 200;

    readonly Lock turn = new();
    readonly SortedSet<Waiter> waiting = [];
    int free = Math.Max(1, Environment.ProcessorCount / 2);
    long arrivals;

    public async Task<T> Do<T>(Visitor visitor, bool known, bool rough, Func<T> work, CancellationToken cancel)
    {
        await Enter(visitor.Network, known, rough, cancel);
        try
        {
            return await Task.Run(work, cancel);
        }
        finally
        {
            Leave();
        }
    }

    async Task Enter(string network, bool known, bool rough, CancellationToken cancel)
    {
        Waiter mine;
        lock (turn)
        {
            if (free > 0)
            {
                free--;
                return;
            }
            mine = new(RankOf(network, known, rough), arrivals++, network);
            waiting.Add(mine);
            if (waiting.Count > Waiting && waiting.Max is { } last)
            {
                waiting.Remove(last);
                last.Called.TrySetException(new TooBusyException());
            }
        }
        await using var leaving = cancel.Register(() => GiveUp(mine, cancel));
        await mine.Called.Task;
    }

    // In the crowd of a rough network the lot decides, so that a colleague beside the attacker has his chance.
    int RankOf(string network, bool known, bool rough) =>
        known ? 0
        : rough ? Waiting + Random.Shared.Next(Waiting)
        : 1 + waiting.Count(w => w.Network == network);

    void GiveUp(Waiter waiter, CancellationToken cancel)
    {
        lock (turn)
            if (waiting.Remove(waiter))
                waiter.Called.TrySetCanceled(cancel);
    }

    void Leave()
    {
        lock (turn)
        {
            if (waiting.Min is { } next)
            {
                waiting.Remove(next);
                next.Called.TrySetResult();
            }
            else
                free++;
        }
    }

    sealed record Waiter(int Rank, long Arrival, string Network) : IComparable<Waiter>
    {
        public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int CompareTo(Waiter? other) => (Rank, Arrival).CompareTo((other!.Rank, other.Arrival));
    }
}

/// <summary>More passwords wait to be checked than the server can get to.</summary>
sealed class TooBusyException() : Exception("sign-in.too-often");

/// <summary>Says to whom was turned away when he may come again.</summary>
sealed class TurnAway : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (TooBusyException e)
        {
            context.HttpContext.Response.Headers.RetryAfter = "10";
            return TypedResults.Problem(
                Words.Get("refused." + e.Message),
                statusCode: StatusCodes.Status429TooManyRequests,
                title: e.Message,
                extensions: new Dictionary<string, object?> { ["code"] = e.Message }
            );
        }
    }
}
