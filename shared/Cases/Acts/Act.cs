using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Loa.Kernel;

namespace Loa.Cases;

/// <summary>
/// One thing that somebody did to a case. Never changed, never removed: a correction is another act.
/// Each holds the hash of the act before it, so a change of any byte breaks the chain.
/// </summary>
public sealed class Act
{
    // The engine numbers acts as they are stored; the daily chain follows this order.
    public long Position { get; private init; }

    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }

    /// <summary>1 for the act that opens the case.</summary>
    public required int Seq { get; init; }
    public required string Procedure { get; init; }
    public required int Version { get; init; }
    public required string Move { get; init; }

    /// <summary>The unit to which the case belongs from this act on.</summary>
    public required Guid UnitId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Zeros where no post was used: so it was spelled when the first hashes were made.</summary>
    public Guid PostId { get; private init; }

    /// <summary>Zeros where no officer acted, for the same reason.</summary>
    public Guid OfficerId { get; private init; }

    /// <summary>Who acted when it was neither an officer nor the server: <c>citizen:</c> or <c>organisation:</c> and an id.</summary>
    public string? Party { get; private init; }

    /// <summary>The actor's name as it was then.</summary>
    public string By { get; private init; } = "";

    public required Actor Actor
    {
        init =>
            (PostId, OfficerId, Party, By) = value switch
            {
                ActingOfficer officer => (officer.PostId ?? Guid.Empty, officer.OfficerId, null, officer.Name),
                _ => (Guid.Empty, Guid.Empty, PartyOf(value), value.Name),
            };
    }

    /// <summary>JSON object of the fields that this act sets; null clears one.</summary>
    public required string Patch { get; init; }
    public string? Comment { get; init; }

    /// <summary>Digests of the papers that the act brings, separated by blanks.</summary>
    public string Papers { get; init; } = "";

    /// <summary>JWS compact by the officer's own key, where the procedure asks for one.</summary>
    public string? Signature { get; init; }

    /// <summary>Hash of the act before; empty for the first.</summary>
    public required string Previous { get; init; }

    public string Hash { get; private set; } = "";

    /// <summary>Whether the same person or organisation acted; the server is nobody.</summary>
    public bool IsBy(Actor actor) =>
        actor is ActingOfficer officer ? OfficerId == officer.OfficerId : Party is not null && Party == PartyOf(actor);

    internal static string? PartyOf(Actor actor) =>
        actor switch
        {
            ActingCitizen citizen => $"citizen:{citizen.CitizenId}",
            ActingOrganisation organisation => $"organisation:{organisation.OrganisationId}",
            _ => null,
        };

    public Act Sealed()
    {
        Hash = ComputeHash();
        return this;
    }

    /// <summary>
    /// SHA-256, lower-case hex, over every property but position and hash, each with its length before it. An act of an
    /// officer or the server is spelled as it always was.
    /// </summary>
    public string ComputeHash()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (
            var part in (ReadOnlySpan<string?>)
                [
                    Party is null ? "loa-act-1" : "loa-act-2",
                    Id.ToString(),
                    CaseId.ToString(),
                    Seq.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    Procedure,
                    Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    Move,
                    UnitId.ToString(),
                    At.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
                    PostId.ToString(),
                    OfficerId.ToString(),
                    By,
                    Patch,
                    Comment,
                    Papers,
                    Signature,
                    Previous,
                ]
        )
            Append(sha, part);
        if (Party is not null)
            Append(sha, Party);
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    // The length comes first (−1 for nothing), so that no two different acts give the same bytes.
    static void Append(IncrementalHash sha, string? part)
    {
        Span<byte> length = stackalloc byte[4];
        var count = part is null ? -1 : Encoding.UTF8.GetByteCount(part);
        BinaryPrimitives.WriteInt32BigEndian(length, count);
        sha.AppendData(length);
        if (count <= 0)
            return;
        var buffer = ArrayPool<byte>.Shared.Rent(count);
        sha.AppendData(buffer.AsSpan(0, Encoding.UTF8.GetBytes(part, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
