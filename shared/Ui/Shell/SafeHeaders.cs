using Microsoft.AspNetCore.Builder;

namespace Loa.Ui;

/// <summary>What every answer tells a browser not to do with it: run what is not ours, frame it, lend it devices, come without TLS.</summary>
static class SafeHeaders
{
    const int Year = 365 * 24 * 60 * 60;

    static readonly HeaderPolicyCollection policies = new HeaderPolicyCollection()
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
            policy.AddScriptSrc().Self();
            policy.AddStyleSrc().Self();
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

    public static void UseSafeHeaders(this IApplicationBuilder app) => app.UseSecurityHeaders(policies);
}
