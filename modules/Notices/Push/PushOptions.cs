namespace Loa.Notices.Push;

/// <summary>Whose servers carry messages to browsers (configuration section Notices:Push).</summary>
sealed class PushOptions
{
    public const string Section = "Notices:Push";

    // A browser says where it is reached; the server asks no other host than those of the browsers' makers.
    static readonly string[] makers =
    [
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        "web.push.apple.com",
        ".notify.windows.com",
    ];

    /// <summary>Nothing leaves the house by this way.</summary>
    public bool Off { get; init; }

    /// <summary>Whom these makers may write to when messages go wrong: a mailto: or https: address.</summary>
    public string Subject { get; init; } = "mailto:loa@localhost";

    /// <summary>Other servers, each by scheme, host and port: a province's own.</summary>
    public string[] Services { get; init; } = [];

    public bool Knows(Uri endpoint) =>
        Services.Contains(endpoint.GetLeftPart(UriPartial.Authority), StringComparer.OrdinalIgnoreCase)
        || (
            endpoint is { Scheme: "https", IsDefaultPort: true, UserInfo: "" }
            && makers.Any(m =>
                m[0] == '.'
                    ? endpoint.Host.EndsWith(m, StringComparison.OrdinalIgnoreCase)
                    : endpoint.Host.Equals(m, StringComparison.OrdinalIgnoreCase)
            )
        );
}
