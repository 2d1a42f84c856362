using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Ui;

/// <summary>What every answer tells a browser not to do with it: run what is not ours, frame it, lend it devices, come without TLS.</summary>
public static class SafeHeaders
{
    const int Year = 365 * 24 * 60 * 60;
    const string Foreign = "foreign";

    static readonly HeaderPolicyCollection policies = Policies(policy =>
    {
        policy.AddScriptSrc().Self();
        policy.AddStyleSrc().Self();
    });

    // It writes styles while it runs; its scripts are ours to give all the same, and begin by a number used once.
    static readonly HeaderPolicyCollection foreign = Policies(policy =>
    {
        policy.AddScriptSrc().Self().WithNonce();
        policy.AddStyleSrc().Self().UnsafeInline();
    });

    /// <summary>For a page that others made.</summary>
    public static TBuilder IsForeignPage<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithSecurityHeadersPolicy(Foreign);

    internal static void AddSafeHeaders(this IServiceCollection services) =>
        services.AddSecurityHeaderPolicies().AddPolicy(Foreign, foreign);

    internal static void UseSafeHeaders(this IApplicationBuilder app) => app.UseSecurityHeaders(policies);

    static HeaderPolicyCollection Policies(Action<CspBuilder> scriptsAndStyles) =>
        new HeaderPolicyCollection()
            .AddContentTypeOptionsNoSniff()
            .AddFrameOptionsDeny()
            .AddReferrerPolicySameOrigin()
            // Sent over https only.
            .AddStrictTransportSecurityMaxAge(Year)
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
            .AddPermissionsPolicy(policy =>
            {
                policy.AddDefaultSecureDirectives();
                // An officer records his bulletin himself.
                policy.AddMicrophone().Self();
            })
            .AddContentSecurityPolicy(policy =>
            {
                policy.AddDefaultSrc().None();
                scriptsAndStyles(policy);
                policy.AddImgSrc().Self().Data().Blob();
                policy.AddFontSrc().Self();
                policy.AddMediaSrc().Self().Blob();
                policy.AddConnectSrc().Self();
                policy.AddWorkerSrc().Self().Blob();
                policy.AddManifestSrc().Self();
                policy.AddFormAction().Self();
                policy.AddFrameAncestors().None();
                policy.AddBaseUri().None();
            });
}
