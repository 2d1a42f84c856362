using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Devices.Commands;
using Loa.Devices.Data;
using Loa.Devices.Gateway;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Jose;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Rollouts;

/// <summary>Tells the speakers whose turn it is to update, each by a command of its own, no more at once than the plan says.</summary>
sealed class SendUpdates(IServiceScopeFactory scopes, Lines lines, WriteLane lane, IOptions<GatewayOptions> options)
{
    const int NonceBytes = 16;
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public async Task Send(DevicesDb db, Plan plan, StoredPackage package, DateTimeOffset now, CancellationToken cancel)
    {
        // Nothing is sent that could arrive when the window has closed.
        var lifetime = plan.Window is { } window && window.Left(now) is var left && left < Lifetime ? left : Lifetime;
        if (lifetime < TimeSpan.FromSeconds(30))
            return;
        // The newest acts, once more: an officer may have paused it a moment ago.
        var isLive = await db
            .Cases.AsNoTracking()
            .AnyAsync(c => c.Id == plan.Id && c.State == RolloutProcedure.Live, cancel);
        var next = isLive ? await Next(db, plan, package, cancel) : [];
        if (next.Length == 0)
            return;
        Command[] commands = [.. next.Select(speaker => New(speaker, package, now, lifetime))];
        await using var scope = scopes.CreateAsyncScope();
        var signed = await scope
            .ServiceProvider.GetRequiredService<ITrust>()
            .SignMany(
                Command.Type,
                [.. commands.Select(c => (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(c, Command.Shape))],
                cancel
            );
        var stored = await lane.Run(() => db.Atomically(() => Store(db, plan, commands, now, cancel), cancel), cancel);
        foreach (var (command, jws) in commands.Zip(signed).Where(c => stored.Contains(c.First.Id)))
            lines.Say(
                command.Speaker,
                AirTopic.InCommand,
                new CommandMessage(
                    jws.Jws,
                    [jws.Delegation, .. package.DelegationList],
                    package.Jws,
                    options.Value.PackageUrl
                ).ToBytes()
            );
    }

    async Task<Guid[]> Next(DevicesDb db, Plan plan, StoredPackage package, CancellationToken cancel)
    {
        var underWay = await db.Targets.CountAsync(t => t.RolloutId == plan.Id && t.State == TargetState.Sent, cancel);
        if (underWay >= plan.Pace)
            return [];
        var ready =
            from t in db.Targets.AsNoTracking()
            where t.RolloutId == plan.Id && t.State == TargetState.Waiting && t.Group <= plan.Stage
            join s in db.Speakers on t.SpeakerId equals s.Id
            where s.State == SpeakerStates.Enrolled && s.Presence == Presence.Online
            // Offered only upward.
            where ((package.Kind == PackageKind.Software ? s.Software : s.Configuration) ?? 0) < package.Version
            orderby t.Group, t.SpeakerId
            select t.SpeakerId;
        var ids = await ready.Take(plan.Pace - underWay).ToListAsync(cancel);
        return [.. ids.Where(lines.IsConnected)];
    }

    // Only those that nobody else has told meanwhile.
    static async Task<HashSet<Guid>> Store(
        DevicesDb db,
        Plan plan,
        Command[] commands,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var bySpeaker = commands.ToDictionary(c => c.Speaker);
        Guid[] ids = [.. bySpeaker.Keys];
        var targets = await db
            .Targets.Where(t => t.RolloutId == plan.Id && t.State == TargetState.Waiting && ids.Contains(t.SpeakerId))
            .ToListAsync(cancel);
        foreach (var target in targets)
        {
            var command = bySpeaker[target.SpeakerId];
            (target.State, target.CommandId, target.SentAt) = (TargetState.Sent, command.Id, now);
            target.Tries++;
            db.Add(
                new SentCommand
                {
                    Id = command.Id,
                    SpeakerId = command.Speaker,
                    Name = command.Name,
                    By = plan.By,
                    SentAt = command.IssuedAt,
                    Expires = command.Expires,
                }
            );
        }
        return [.. targets.Select(t => t.CommandId!.Value)];
    }

    static Command New(Guid speaker, StoredPackage package, DateTimeOffset now, TimeSpan lifetime) =>
        new(
            Guid.CreateVersion7(),
            speaker,
            Command.Update,
            new CommandArgs(Package: Jws.Digest(package.Jws!)),
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes)),
            now,
            now + lifetime
        );
}
