using System.Text;
using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Trust;
using Loa.Kernel;

namespace Loa.Devices.Registry;

/// <summary>Where one speaker is to stand, before it is signed.</summary>
/// <param name="From">Where it stands now by its placement in force; null for one that has none.</param>
sealed record WantedPlacement(
    Guid Speaker,
    string Kid,
    long Version,
    IReadOnlyList<Guid> Path,
    IReadOnlyList<Guid>? From = null
)
{
    /// <summary>What is signed, byte for byte.</summary>
    public byte[] Payload(DateTimeOffset at) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Placement(Guid.CreateVersion7(), Speaker, Kid, Version, Path, at),
            Placement.Shape
        );
}

/// <summary>What the technician's browser is to sign, one text for each speaker.</summary>
sealed record PlacementTexts(string Typ, IReadOnlyList<string> Payloads);

/// <summary>
/// Has it signed where speakers stand: by a demo root here at once, otherwise by the technician's own key, which only his
/// browser holds; what comes back is judged as the speakers will judge it.
/// </summary>
sealed class PlacementSigning(ITrust trust, Sight sight, TimeProvider clock)
{
    static readonly char[] blanks = [' ', '\n', '\r'];

    /// <summary>No browser needs to sign, because the root lies on this server.</summary>
    public bool SignsHere => trust.IsDemoRoot;

    /// <summary>The keys that the root stands by no longer: what they signed is signed anew.</summary>
    public async ValueTask<IReadOnlyList<string>> Revoked(CancellationToken cancel) =>
        Revocations.TryRead(await trust.Revocations(cancel), out var read, out _) ? read.Document.Kids : [];

    public PlacementTexts Texts(IEnumerable<WantedPlacement> wanted)
    {
        var now = clock.Moment();
        return new(Placement.Type, [.. wanted.Select(w => Encoding.UTF8.GetString(w.Payload(now)))]);
    }

    /// <param name="byBrowser">JWS compact, one for each in the same order, separated by blanks; none when the root is here.</param>
    public async Task<IReadOnlyList<SignedPlacement>> Sign(
        IReadOnlyList<WantedPlacement> wanted,
        string? byBrowser,
        CancellationToken cancel
    )
    {
        if (!string.IsNullOrWhiteSpace(byBrowser))
            return await Check(wanted, byBrowser.Split(blanks, StringSplitOptions.RemoveEmptyEntries), cancel);
        var now = clock.Moment();
        var signed = new List<SignedPlacement>(wanted.Count);
        foreach (var one in wanted)
            signed.Add(await trust.Place(one.Payload(now), cancel));
        return signed;
    }

    async Task<IReadOnlyList<SignedPlacement>> Check(
        IReadOnlyList<WantedPlacement> wanted,
        string[] signed,
        CancellationToken cancel
    )
    {
        Refuse.If(signed.Length != wanted.Count, "placement.count", wanted.Count, signed.Length);
        var behind = await Behind(cancel);
        var chain = await trust.ChainWith(behind.Values.SelectMany(known => known), cancel);
        var now = clock.Moment();
        return [.. wanted.Zip(signed, (w, s) => Judge(chain, w, s, behind, now))];
    }

    /// <summary>The delegations of the keys by which this officer may place speakers.</summary>
    async Task<Dictionary<string, IReadOnlyList<string>>> Behind(CancellationToken cancel)
    {
        var behind = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var kid in await trust.KeysOf(sight.OfficerId!.Value, "placement", cancel))
            behind[kid] = await trust.DelegationsOf(kid, cancel);
        return behind;
    }

    static SignedPlacement Judge(
        Chain chain,
        WantedPlacement wanted,
        string signed,
        Dictionary<string, IReadOnlyList<string>> behind,
        DateTimeOffset now
    )
    {
        var held = wanted.From is { Count: > 0 } from
            ? new Placement(Guid.Empty, wanted.Speaker, wanted.Kid, wanted.Version - 1, from, now)
            : null;
        var verdict = chain.Verify(signed, new PlacementRule(wanted.Speaker, wanted.Kid, held, now));
        Refuse.Unless(verdict.Ok, "placement.refused", verdict.Reason);
        Refuse.Unless(behind.ContainsKey(verdict.Signed.KeyId), "placement.not-yours");
        var placement = verdict.Document;
        Refuse.Unless(
            placement.Version == wanted.Version && placement.Path.SequenceEqual(wanted.Path),
            "placement.other"
        );
        return new(signed, behind[verdict.Signed.KeyId]);
    }
}
