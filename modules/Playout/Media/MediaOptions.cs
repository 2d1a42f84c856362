namespace Loa.Playout.Media;

/// <summary>Where speakers fetch what they are to play, when that is not where they enrolled (section "Mqtt").</summary>
sealed class MediaOptions
{
    /// <summary>Where media are fetched, ending in "/"; from the server they enrolled at unless said.</summary>
    public string? MediaUrl { get; set; }
}
