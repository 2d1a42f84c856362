namespace Loa.Speaker.Servers;

/// <summary>A server as a speaker reaches it.</summary>
/// <param name="Http">Where it enrols and fetches media.</param>
/// <param name="Name">The name that connection proofs are made for.</param>
/// <param name="Mqtt">host:port, or an address with a scheme</param>
/// <param name="Given">The address on the command line when this one was learned: a technician who gives another one is obeyed.</param>
/// <param name="Authority">The one that may vouch for it by TLS (PEM), as it said; the public ones when absent.</param>
sealed record ServerNote(Uri Http, string Name, string Mqtt, Uri? Given = null, string? Authority = null)
{
    public bool IsSameAs(ServerNote other) =>
        Http == other.Http && Name == other.Name && Mqtt == other.Mqtt && Authority == other.Authority;
}

/// <summary>A server that has not accepted this speaker yet; the one before is kept until it has.</summary>
/// <param name="Command">Who is told how it ended; absent when the speaker looks for its server by itself.</param>
/// <param name="Until">Then it goes back.</param>
sealed record ServerTrialNote(ServerNote Server, DateTimeOffset Until, Guid? Command = null);
