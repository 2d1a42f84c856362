namespace Loa.Notices.Delivery;

/// <summary>What all ways out of the console have in common (configuration section Notices).</summary>
sealed class DeliveryOptions
{
    public const string Section = "Notices";

    /// <summary>Where officers open the console, such as https://loa.tinh.example; without it letters have no links.</summary>
    public Uri? Address { get; init; }

    public bool IsWhole => Address is null or { IsAbsoluteUri: true, Scheme: "https" or "http" };

    /// <summary>A page of the console for who reads elsewhere; null when nobody said where it is.</summary>
    public string? LinkTo(string page) => Address is { } address ? new Uri(address, page).ToString() : null;
}
