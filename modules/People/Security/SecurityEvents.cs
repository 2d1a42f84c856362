using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Loa.People.Officers;

namespace Loa.People.Security;

/// <summary>One security event: an act, or a note of the door.</summary>
sealed class SecurityEvent
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Empty for what happened at the door.</summary>
    public required string Procedure { get; init; }
    public required string Kind { get; init; }

    /// <summary>Whom it concerns.</summary>
    public required Guid OfficerId { get; init; }
    public required Guid UnitId { get; init; }
    public required string By { get; init; }
    public required string Network { get; init; }
    public required string Device { get; init; }
    public required long Count { get; init; }
    public required string Comment { get; init; }
}

/// <summary>Puts acts about officers and keys and the notes of the door into one row of events, as far as one may see.</summary>
sealed class SecurityEvents(PeopleDb db, Sight sight, IEnumerable<SecurityActs> lodgers)
{
    /// <summary>Kind of the filter → moves of acts and outcomes of sign-ins.</summary>
    static readonly Dictionary<string, (string[] Moves, string[] Outcomes)> kinds = new(StringComparer.Ordinal)
    {
        ["sign-in"] = ([], [SignInOutcome.In, SignInOutcome.Out]),
        ["failure"] = ([], SignInOutcome.Failures),
        ["account"] = (
            [
                OfficerProcedure.Register,
                OfficerProcedure.Invite,
                OfficerProcedure.Reset,
                OfficerProcedure.ChangePassword,
                OfficerProcedure.SignOut,
                OfficerProcedure.EndSession,
                OfficerProcedure.Lock,
                OfficerProcedure.Unlock,
                OfficerProcedure.Rename,
            ],
            []
        ),
        ["post"] = ([OfficerProcedure.Appoint, OfficerProcedure.EndPost], []),
    };

    public IEnumerable<string> Kinds => kinds.Keys.Concat(lodgers.Select(acts => acts.Kind).Distinct());

    public IQueryable<SecurityEvent> Of(SecurityFilter filter)
    {
        var reach = sight.Over(PeopleRights.SeeLedger);
        List<string> procedures = [OfficerProcedure.Definition.Name, .. lodgers.Select(lodger => lodger.Procedure)];
        var acts = db
            .Acts.Where(a => procedures.Contains(a.Procedure))
            .InSight(reach, units => a => units.Contains(a.UnitId));
        var notes = db.SignIns.InSight(reach, units => s => units.Contains(s.UnitId));
        if (filter.Kind is { Length: > 0 } kind)
        {
            var (moves, outcomes) = kinds.TryGetValue(kind, out var known) ? known : ([], []);
            moves = [.. moves, .. lodgers.Where(lodger => lodger.Kind == kind).SelectMany(lodger => lodger.Moves)];
            acts = acts.Where(a => moves.Contains(a.Move));
            notes = notes.Where(s => outcomes.Contains(s.Outcome));
        }
        if (filter.From is { } from)
        {
            acts = acts.Where(a => a.At >= from);
            notes = notes.Where(s => s.At >= from);
        }
        if (filter.Before is { } before)
        {
            acts = acts.Where(a => a.At < before);
            notes = notes.Where(s => s.At < before);
        }
        if (filter.Officers is { } officers)
        {
            acts = acts.Where(a => officers.Contains(a.CaseId) || officers.Contains(a.OfficerId));
            notes = notes.Where(s => officers.Contains(s.OfficerId));
        }
        if (filter.Units is { } inside)
        {
            acts = acts.Where(a => inside.Contains(a.UnitId));
            notes = notes.Where(s => inside.Contains(s.UnitId));
        }
        return Together(acts, notes);
    }

    static IQueryable<SecurityEvent> Together(IQueryable<Cases.Act> acts, IQueryable<SignInNote> notes) =>
        acts.Select(a => new SecurityEvent
            {
                Id = a.Id,
                At = a.At,
                Procedure = a.Procedure,
                Kind = a.Move,
                OfficerId = a.Procedure == OfficerProcedure.Definition.Name ? a.CaseId : a.OfficerId,
                UnitId = a.UnitId,
                By = a.By,
                Network = "",
                Device = "",
                Count = 1L,
                Comment = a.Comment ?? "",
            })
            .Concat(
                notes.Select(s => new SecurityEvent
                {
                    Id = s.Id,
                    At = s.At,
                    Procedure = "",
                    Kind = s.Outcome,
                    OfficerId = s.OfficerId,
                    UnitId = s.UnitId,
                    By = "",
                    Network = s.Network,
                    Device = s.Device,
                    Count = s.Count,
                    Comment = "",
                })
            );
}
