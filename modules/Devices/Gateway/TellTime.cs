using System.Text.Json;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.Extensions.Logging;

namespace Loa.Devices.Gateway;

/// <summary>
/// Tells a speaker the time at once, on the thread that took its question: what has waited in a queue is the time no more.
/// </summary>
sealed partial class TellTime(ITrust trust, Lines lines, TimeProvider clock, ILogger<TellTime> log)
{
    // A speaker asks a few times when it starts, then now and then; who asks more is not answered.
    const int AtOnce = 16;
    const double PerSecond = 1;
    static readonly TimeSpan DelegationKeeps = TimeSpan.FromMinutes(1);

    readonly Allowance<Guid> questions = new(AtOnce, PerSecond, clock);
    Held? held;

    /// <param name="received">The clock when the question came in, before anything else was done.</param>
    public ValueTask<bool> Answer(
        Guid speaker,
        TimeQuestion question,
        DateTimeOffset received,
        CancellationToken cancel
    )
    {
        if (!questions.Take(speaker))
            return new(false);
        return question.Delegations
            ? AnswerWithDelegation(speaker, question, received, cancel)
            : new(Say(speaker, question, received, null));
    }

    async ValueTask<bool> AnswerWithDelegation(
        Guid speaker,
        TimeQuestion question,
        DateTimeOffset received,
        CancellationToken cancel
    ) => Say(speaker, question, received, await Delegation(cancel) is { } delegation ? [delegation] : []);

    bool Say(Guid speaker, TimeQuestion question, DateTimeOffset received, IReadOnlyList<string>? delegations)
    {
        var receivedUs = ToldTime.Microseconds(received);
        // The server's own clock may be set back between the two.
        var answeredUs = Math.Max(receivedUs, ToldTime.Microseconds(clock.GetUtcNow()));
        var told = new ToldTime(speaker, question.Nonce, receivedUs, answeredUs);
        var signed = trust.SignTime(JsonSerializer.SerializeToUtf8Bytes(told, ToldTime.Shape));
        return lines.Tell(speaker, AirTopic.InTime, new TimeMessage(signed, delegations).ToBytes());
    }

    async ValueTask<string?> Delegation(CancellationToken cancel)
    {
        if (Volatile.Read(ref held) is { } known && clock.GetElapsedTime(known.Since) < DelegationKeeps)
            return known.Delegation;
        string? delegation;
        try
        {
            delegation = await trust.ServerDelegation(cancel);
        }
        catch (RefusedException e)
        {
            // The speaker is answered all the same: it may hold a delegation from before.
            Log.NotDelegated(log, e.Code);
            delegation = null;
        }
        Volatile.Write(ref held, new(delegation, clock.GetTimestamp()));
        return delegation;
    }

    sealed record Held(string? Delegation, long Since);

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Speakers ask for the time and cannot believe the answer: {Reason}")]
        public static partial void NotDelegated(ILogger log, string reason);
    }
}
