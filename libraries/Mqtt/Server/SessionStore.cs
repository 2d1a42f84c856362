using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Topics;

namespace Loa.Mqtt.Server;

/// <summary>Holds all sessions of a server: which connection has which, which takes over, what is forgotten when.</summary>
sealed class SessionStore(ServerContext context)
{
    readonly ConcurrentDictionary<string, ClientSession> sessions = new(StringComparer.Ordinal);
    readonly SubscriptionIndex<ClientSession> index = new();

    public int Count => sessions.Count;

    public bool TryGet(string clientId, [NotNullWhen(true)] out ClientSession? session) =>
        sessions.TryGetValue(clientId, out session);

    public void Find(ReadOnlySpan<char> topic, HashSet<ClientSession> found) => index.Find(topic, found);

    public bool HasRoomFor(string clientId) =>
        sessions.Count < context.Options.MaximumSessions || sessions.ContainsKey(clientId);

    /// <summary>Gives the session to a new connection; the one that held it is named so that it can be closed.</summary>
    public Attachment Attach(Connection connection, string clientId, bool cleanStart)
    {
        while (true)
        {
            var session = sessions.GetOrAdd(clientId, static (id, context) => new ClientSession(id, context), context);
            lock (session.Gate)
            {
                if (session.Removed)
                    continue;
                var present = session.Used && !cleanStart && !session.Condemned;
                if (!present)
                    Forget(session);
                else
                    session.Rewind();

                var attachment = new Attachment(
                    session,
                    present,
                    session.Connection,
                    session.Leaving,
                    session.Farewell,
                    // The session with which it waited is over.
                    present ? null : session.PendingWill
                );
                session.EndedWith = present ? null : session.Connection;
                session.Used = true;
                session.Condemned = false;
                session.Connection = connection;
                session.Leaving = connection;
                session.ExpiresAt = long.MaxValue;
                session.PendingWill = null;
                return attachment;
            }
        }
    }

    /// <summary>A connection has ended. Says whether the session is kept and whether the will is due at once.</summary>
    public (bool Kept, bool WillDue) Detach(ClientSession session, Connection connection, TimeSpan expiry, Will? will)
    {
        lock (session.Gate)
        {
            var delay = TimeSpan.FromSeconds(will?.Properties.WillDelay ?? 0);
            // Taken over: a will that would have waited is called off, unless the newcomer began a session of his own.
            if (session.Connection != connection)
                return (true, will is not null && (delay == TimeSpan.Zero || session.EndedWith == connection));

            session.Connection = null;
            if (expiry <= TimeSpan.Zero || session.Condemned)
            {
                // It stays in the store until the host knows: who comes back at once must not be told of before.
                session.Condemned = true;
                Forget(session);
                return (false, will is not null);
            }

            session.ExpiresAt = context.After(expiry);
            if (will is null || delay == TimeSpan.Zero)
                return (true, will is not null);
            session.PendingWill = will;
            session.WillAt = Math.Min(context.After(delay), session.ExpiresAt);
            return (true, false);
        }
    }

    /// <summary>The host knows of the connection's end; nobody need wait for it any more.</summary>
    public void Left(ClientSession session, Connection connection)
    {
        lock (session.Gate)
        {
            if (session.Leaving != connection)
                return;
            session.Leaving = null;
            if (session is { Connection: null, Condemned: true })
                Remove(session);
        }
    }

    /// <summary>False when the session is no longer this connection's.</summary>
    public bool Subscribe(ClientSession session, Connection connection, in Subscription subscription, out bool isNew)
    {
        isNew = false;
        lock (session.Gate)
        {
            if (session.Connection != connection)
                return false;
            isNew = session.Set(subscription);
            if (isNew)
                index.Add(subscription.Filter, session);
            return true;
        }
    }

    public bool Unsubscribe(ClientSession session, Connection connection, string filter)
    {
        lock (session.Gate)
        {
            if (session.Connection != connection || !session.Remove(filter))
                return false;
            index.Remove(filter, session);
            return true;
        }
    }

    /// <summary>Forgets a client: at once when it is away, else with its connection.</summary>
    public void Drop(string clientId)
    {
        if (!sessions.TryGetValue(clientId, out var session))
            return;
        lock (session.Gate)
        {
            session.Condemned = true;
            if (session is { Connection: null, Leaving: null })
                Remove(session);
            else
                Forget(session);
        }
    }

    /// <summary>Tells late wills and forgets sessions whose time is over.</summary>
    public void Sweep(long now, Func<ClientSession, Will, Task> tellWill)
    {
        foreach (var (_, session) in sessions)
        {
            if (session.Connection is not null)
                continue;
            lock (session.Gate)
            {
                if (session.Connection is not null || session.Removed)
                    continue;
                if (session.PendingWill is { } will && session.WillAt <= now)
                {
                    session.PendingWill = null;
                    session.Farewell = tellWill(session, will);
                }
                if (session.ExpiresAt <= now)
                    Remove(session);
            }
        }
    }

    void Remove(ClientSession session)
    {
        session.Removed = true;
        Forget(session);
        sessions.TryRemove(KeyValuePair.Create(session.ClientId, session));
    }

    void Forget(ClientSession session)
    {
        foreach (ref readonly var subscription in session.Subscriptions)
            index.Remove(subscription.Filter, session);
        session.Forget();
    }
}

/// <summary>A session in new hands.</summary>
readonly record struct Attachment(
    ClientSession Session,
    bool Present,
    Connection? TakenFrom,
    Connection? Leaving,
    Task Farewell,
    Will? Overdue
);
