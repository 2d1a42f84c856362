using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Loa.Devices.Registry;

/// <summary>
/// Speakers that are alike in all that lists count by. There are few groups however many speakers there are, and they are
/// counted along an index (IX_Speakers_Counts); every number on a page is a sum over them.
/// </summary>
sealed class SpeakerGroup
{
    static readonly Dictionary<string, Func<Speaker, bool>> kinds = SpeakerFilter.Kinds.ToDictionary(
        k => k.Key,
        k => k.Value.Compile(),
        StringComparer.Ordinal
    );

    public string State { get; init; } = "";
    public string Vendor { get; init; } = "";
    public string Model { get; init; } = "";
    public Presence Presence { get; init; }
    public string? RefusedReason { get; init; }
    public Alarms Alarms { get; init; }
    public int Count { get; private set; }

    /// <summary>Where they stand, when they were counted place by place.</summary>
    public Guid UnitId { get; init; }

    /// <summary>How many horns each has, when they were counted place by place.</summary>
    public int Horns { get; init; }

    /// <summary>How loud each is, when they were counted volume by volume; null where it is not known.</summary>
    public int? Volume { get; init; }

    public bool IsEnrolled => State == SpeakerStates.Enrolled;

    public bool IsOnline => Presence == Presence.Online;

    /// <summary>How many speakers of each kind the groups hold.</summary>
    public static Dictionary<string, int> ByKind(IReadOnlyCollection<SpeakerGroup> groups) =>
        kinds.ToDictionary(
            kind => kind.Key,
            kind => groups.Where(g => kind.Value(g.Like)).Sum(g => g.Count),
            StringComparer.Ordinal
        );

    public SpeakerGroup Of(int speakers)
    {
        Count = speakers;
        return this;
    }

    public bool Is(string kind) => kinds[kind](Like);

    // Any one of them.
    Speaker Like =>
        field ??= new()
        {
            Id = Guid.Empty,
            State = State,
            Vendor = Vendor,
            Presence = Presence,
            RefusedReason = RefusedReason,
            Alarms = Alarms,
        };
}

/// <summary>Counts speakers in groups.</summary>
static class SpeakerGroups
{
    static readonly Expression<Func<Speaker, SpeakerGroup>> kind = s =>
        new()
        {
            State = s.State,
            Vendor = s.Vendor,
            Model = s.Model,
            Presence = s.Presence,
            RefusedReason = s.RefusedReason,
            Alarms = s.Alarms,
        };

    static readonly Expression<Func<Speaker, SpeakerGroup>> place = And(
        kind,
        s => new() { UnitId = s.UnitId, Horns = s.Horns }
    );

    static readonly Expression<Func<Speaker, SpeakerGroup>> volume = And(place, s => new() { Volume = s.Volume });

    public static Task<List<SpeakerGroup>> InGroups(this IQueryable<Speaker> speakers, CancellationToken cancel) =>
        Count(speakers, kind, cancel);

    /// <summary>
    /// In each place by itself: from these both the numbers on a list's page and what stands before it follow, of one walk along
    /// the same index, in its order.
    /// </summary>
    public static Task<List<SpeakerGroup>> InPlaces(this IQueryable<Speaker> speakers, CancellationToken cancel) =>
        Count(speakers, place, cancel);

    /// <summary>The same, and what is loud apart from what is soft: of these there are many more.</summary>
    public static Task<List<SpeakerGroup>> InVolumes(this IQueryable<Speaker> speakers, CancellationToken cancel) =>
        Count(speakers, volume, cancel);

    static async Task<List<SpeakerGroup>> Count(
        IQueryable<Speaker> speakers,
        Expression<Func<Speaker, SpeakerGroup>> alike,
        CancellationToken cancel
    )
    {
        var groups = await speakers.GroupBy(alike).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        return groups.ConvertAll(g => g.Key.Of(g.Count));
    }

    // Alike in both: the columns of the one, then those of the other.
    static Expression<Func<Speaker, SpeakerGroup>> And(
        Expression<Func<Speaker, SpeakerGroup>> one,
        Expression<Func<Speaker, SpeakerGroup>> other
    )
    {
        var more = (MemberInitExpression)
            ReplacingExpressionVisitor.Replace(other.Parameters[0], one.Parameters[0], other.Body);
        var both = (MemberInitExpression)one.Body;
        return Expression.Lambda<Func<Speaker, SpeakerGroup>>(
            both.Update(both.NewExpression, both.Bindings.Concat(more.Bindings)),
            one.Parameters
        );
    }
}
