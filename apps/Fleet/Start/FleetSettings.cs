using System.Net;
using Loa.Fleet.Faults;
using Loa.Fleet.Lines;

namespace Loa.Fleet.Start;

/// <summary>What one fleet is told at its start.</summary>
sealed record FleetSettings(Uri Server, string Data, string? Mqtt, string Output, bool Verbose)
{
    const int UsualGateway = 18830;

    /// <summary>Empty: nothing goes wrong.</summary>
    public IReadOnlyList<Fault> Script { get; init; } = [];

    /// <summary>The line all hang on; null is as good as the machine itself.</summary>
    public Profile? Line { get; init; }

    /// <summary>The same seed gives the same weather and strikes the same speakers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where the figures go instead of a table: one part of a fleet in several processes.</summary>
    public string? Figures { get; init; }

    /// <summary>Where relayed lines lead; null when nothing is relayed, which takes fewer files.</summary>
    public DnsEndPoint? Route
    {
        get
        {
            if (Script.Count == 0 && Line is null)
                return null;
            var address = Mqtt ?? $"{Server.Host}:{UsualGateway}";
            var colon = address.LastIndexOf(':');
            return new DnsEndPoint(address[..colon], int.Parse(address.AsSpan(colon + 1)));
        }
    }
}
