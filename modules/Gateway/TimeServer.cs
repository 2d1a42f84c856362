using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Trust;
using Loa.Kernel;

namespace Loa.Gateway;

/// <summary>
/// Tells a speaker the time at once, on the thread that took its question: what has waited in a queue is the time no more.
/// </summary>
sealed class TimeServer(ITrust trust, OwnDelegations own, NodeConnections connections, TimeProvider clock)
{
    // A speaker asks a few times when it starts, then now and then; who asks more is not answered.
    const int AtOnce = 16;
    const double PerSecond = 1;

    readonly RateLimit<Guid> questions = new(AtOnce, PerSecond, clock);

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
    ) => Say(speaker, question, received, await own.Find(cancel));

    bool Say(Guid speaker, TimeQuestion question, DateTimeOffset received, IReadOnlyList<string>? delegations)
    {
        var receivedUs = ToldTime.Microseconds(received);
        // The server's own clock may be set back between the two.
        var answeredUs = Math.Max(receivedUs, ToldTime.Microseconds(clock.GetUtcNow()));
        var told = new ToldTime(speaker, question.Nonce, receivedUs, answeredUs);
        var signed = trust.SignTime(JsonSerializer.SerializeToUtf8Bytes(told, ToldTime.Shape));
        return connections.SendOnce(speaker, AirTopic.InTime, new TimeMessage(signed, delegations).ToBytes());
    }
}
