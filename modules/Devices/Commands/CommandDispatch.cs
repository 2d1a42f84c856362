using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loa.Devices.Commands;

/// <summary>
/// Sends commands that are stored already: many are signed together, marked as sent in one transaction, and said after it.
/// </summary>
sealed partial class CommandDispatch(
    IServiceScopeFactory scopes,
    IConnectionRegistry connections,
    BulkWriteLock lane,
    TimeProvider clock,
    ILogger<CommandDispatch> log
)
{
    /// <summary>So many are on their way while the next are still being signed.</summary>
    public const int Together = 400;

    /// <summary>A speaker takes what was signed for so long: time enough for a slow line, too little to keep and misuse.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    const int NonceBytes = 16;

    /// <summary>Refuses while nobody has delegated the server's key: what is stored then could not be sent.</summary>
    public async Task CheckMay(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ITrust>().SignMany(Command.Type, [], cancel);
    }

    /// <summary>Sends those whose speakers are connected; returns how many are on their way.</summary>
    public async Task<int> Send(IReadOnlyCollection<Guid> commands, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var now = clock.Moment();
        var waiting = await db
            .Commands.AsNoTracking()
            .Where(c => commands.Contains(c.Id))
            .Where(SentCommand.IsToBeSent(now))
            .ToListAsync(cancel);
        var connected = await connections.Find([.. waiting.Select(c => c.SpeakerId)], cancel);
        var reachable = waiting.Where(c => connected.ContainsKey(c.SpeakerId)).ToList();
        if (reachable.Count > 0)
            reachable = await StillAllowed(scope.ServiceProvider, db, reachable, now, cancel);
        if (reachable.Count == 0)
            return 0;
        var signed = await Sign(scope.ServiceProvider, reachable, now, cancel);
        var sent = await MarkSent(db, signed, now, cancel);
        var packages = await Packages(scope.ServiceProvider, sent, cancel);
        var reached = await connections.Send([.. sent.Select(s => Say(s, packages))], cancel);
        Guid[] missed = [.. sent.Where(s => !reached.Contains(s.Of.SpeakerId)).Select(s => s.Of.Id)];
        if (missed.Length > 0)
            await TakeBack(db, missed, now, cancel);
        SpeakerMeters.Commands.Add(sent.Count - missed.Length);
        if (sent.Count > missed.Length)
            Log.Sent(log, sent.Count - missed.Length, sent[0].Of.JobId ?? sent[0].Of.Id, RequestTrace.Id);
        return sent.Count - missed.Length;
    }

    // A command may have waited for days: its orderer's right over the place where the speaker stands now is asked again.
    async Task<List<SentCommand>> StillAllowed(
        IServiceProvider services,
        DevicesDb db,
        List<SentCommand> commands,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        Guid[] speakers = [.. commands.Select(c => c.SpeakerId).Distinct()];
        var units = await db
            .Speakers.Where(s => speakers.Contains(s.Id))
            .ToDictionaryAsync(s => s.Id, s => s.UnitId, cancel);
        var sight = services.GetRequiredService<Sight>();
        var allowed = new List<SentCommand>(commands.Count);
        foreach (var ordered in commands.GroupBy(c => c.OfficerId))
        {
            await sight.Load(ordered.Key, cancel);
            allowed.AddRange(
                ordered.Where(c =>
                    units.TryGetValue(c.SpeakerId, out var unit) && sight.May(DevicesRights.ToCommand(c.Name), unit)
                )
            );
        }
        if (allowed.Count < commands.Count)
            await RefuseOthers(db, [.. commands.Except(allowed).Select(c => c.Id)], now, cancel);
        return allowed;
    }

    Task RefuseOthers(DevicesDb db, Guid[] refused, DateTimeOffset now, CancellationToken cancel) =>
        lane.Run(
            () =>
                db.Atomically(
                    async () =>
                    {
                        var rows = await db
                            .Commands.Where(c => refused.Contains(c.Id))
                            .Where(SentCommand.IsToBeSent(now))
                            .ToListAsync(cancel);
                        foreach (var row in rows)
                        {
                            row.Refuse("command.right-ended", now);
                            db.Shows(row);
                        }
                        return rows.Count;
                    },
                    cancel
                ),
            cancel
        );

    static async Task<List<Ready>> Sign(
        IServiceProvider services,
        List<SentCommand> commands,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var payloads = commands.ConvertAll(c =>
            (ReadOnlyMemory<byte>)
                JsonSerializer.SerializeToUtf8Bytes(
                    new Command(
                        c.Id,
                        c.SpeakerId,
                        c.Name,
                        c.ReadArgs(),
                        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes)),
                        now,
                        now + Lifetime
                    ),
                    Command.Shape
                )
        );
        var signed = await services.GetRequiredService<ITrust>().SignMany(Command.Type, payloads, cancel);
        return [.. commands.Zip(signed, (c, s) => new Ready(c, s))];
    }

    // Stored before it is said, so that no receipt comes for a command that nobody knows as sent.
    Task<List<Ready>> MarkSent(DevicesDb db, List<Ready> signed, DateTimeOffset now, CancellationToken cancel) =>
        lane.Run(
            () =>
                db.Atomically(
                    async () =>
                    {
                        Guid[] ids = [.. signed.Select(s => s.Of.Id)];
                        var rows = await db
                            .Commands.Where(c => ids.Contains(c.Id))
                            .Where(SentCommand.IsToBeSent(now))
                            .ToDictionaryAsync(c => c.Id, cancel);
                        foreach (var ready in signed.Where(s => rows.ContainsKey(s.Of.Id)))
                        {
                            var row = rows[ready.Of.Id];
                            (row.Stage, row.Jws) = (CommandStage.Sent, ready.Signed.Jws);
                            (row.SentAt, row.Expires) = (now, now + Lifetime);
                            db.Shows(row);
                        }
                        return signed.FindAll(s => rows.ContainsKey(s.Of.Id));
                    },
                    cancel
                ),
            cancel
        );

    // Its line broke at this moment: it waits again, or nothing was sent after all.
    Task TakeBack(DevicesDb db, Guid[] missed, DateTimeOffset now, CancellationToken cancel) =>
        lane.Run(
            () =>
                db.Atomically(
                    async () =>
                    {
                        var rows = await db
                            .Commands.Where(c =>
                                missed.Contains(c.Id) && c.Stage == CommandStage.Sent && c.SentAt == now
                            )
                            .ToListAsync(cancel);
                        foreach (var row in rows)
                        {
                            var waits = CommandCatalog.Find(row.Name)?.CanWait == true;
                            row.Stage = waits ? CommandStage.Waiting : CommandStage.NotSent;
                            (row.SentAt, row.Expires, row.Jws) = (null, null, null);
                            db.Shows(row);
                        }
                        return rows.Count;
                    },
                    cancel
                ),
            cancel
        );

    static async Task<Dictionary<string, ShelvedPackage>> Packages(
        IServiceProvider services,
        List<Ready> sent,
        CancellationToken cancel
    )
    {
        var shelves = services.GetRequiredService<PackageShelf>();
        var packages = new Dictionary<string, ShelvedPackage>(StringComparer.Ordinal);
        foreach (
            var digest in sent.Select(s => s.Of.ReadArgs().Package).OfType<string>().Distinct(StringComparer.Ordinal)
        )
            if (await shelves.Find(digest, cancel) is { } package)
                packages[digest] = package;
        return packages;
    }

    static OutgoingMessage Say(Ready ready, Dictionary<string, ShelvedPackage> packages)
    {
        // One that was taken off the shelf meanwhile is missed by the speaker, which says so.
        var package = ready.Of.ReadArgs().Package is { } digest ? packages.GetValueOrDefault(digest) : null;
        var message = new CommandMessage(
            ready.Signed.Jws,
            [.. ready.Signed.Delegations, .. package?.Delegations ?? []],
            package?.Jws,
            package?.Media
        );
        return new(ready.Of.SpeakerId, AirTopic.InCommand, message.ToBytes());
    }

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} commands of order {Order} were sent, request {Request}")]
        public static partial void Sent(ILogger log, int count, Guid order, string? request);
    }

    sealed record Ready(SentCommand Of, SignedByServer Signed);
}
