/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Everything {\n    viewer {\n      role\n      account {\n        name\n      }\n    }\n    integrations(first: 100) {\n      totalCount\n      edges {\n        node {\n          id\n        }\n      }\n    }\n    guests(first: 5) {\n      totalCount\n      edges {\n        node {\n          id\n          profiles {\n            id\n          }\n        }\n      }\n    }\n    syncRuns(first: 5) {\n      totalCount\n      edges {\n        node {\n          id\n        }\n      }\n    }\n    orders(first: 5) {\n      totalCount\n    }\n  }\n": typeof types.EverythingDocument,
    "\n  query Nodes($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n    }\n  }\n": typeof types.NodesDocument,
    "\n  mutation SyncIt($id: ID!) {\n    syncIntegration(id: $id) {\n      __typename\n      ... on Error {\n        code\n      }\n    }\n  }\n": typeof types.SyncItDocument,
    "\n  mutation DeleteIt($id: ID!) {\n    deleteIntegration(id: $id) {\n      __typename\n      ... on Error {\n        code\n      }\n    }\n  }\n": typeof types.DeleteItDocument,
    "\n  query Secrets {\n    integrations(first: 1) {\n      edges {\n        node {\n          credentials {\n            name\n            secret\n            preview\n          }\n        }\n      }\n    }\n    guests(first: 3) {\n      edges {\n        node {\n          coupons {\n            token\n          }\n          profiles {\n            raw\n          }\n        }\n      }\n    }\n  }\n": typeof types.SecretsDocument,
    "\n  query Keys {\n    apiKeys {\n      edges {\n        node {\n          name\n          prefix\n        }\n      }\n    }\n  }\n": typeof types.KeysDocument,
    "\n  mutation CreateKey($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      __typename\n      ... on CreateApiKeyPayload {\n        key\n        apiKey {\n          id\n          prefix\n        }\n      }\n    }\n  }\n": typeof types.CreateKeyDocument,
    "\n  mutation RevokeKey($id: ID!) {\n    revokeApiKey(id: $id) {\n      __typename\n    }\n  }\n": typeof types.RevokeKeyDocument,
    "\n  query Stored {\n    integrations(first: 100) {\n      totalCount\n    }\n    guests(first: 1) {\n      totalCount\n    }\n  }\n": typeof types.StoredDocument,
    "\n  mutation TestIt($id: ID!) {\n    testIntegration(id: $id) {\n      __typename\n      ... on TestIntegrationPayload {\n        integration {\n          status\n          error {\n            code\n            message\n          }\n        }\n        test {\n          ok\n          durationMs\n          steps {\n            name\n            ok\n            durationMs\n            error {\n              code\n              message\n              remedy\n            }\n          }\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n": typeof types.TestItDocument,
    "\n  mutation Update($input: UpdateIntegrationInput!) {\n    updateIntegration(input: $input) {\n      __typename\n      ... on IntegrationPayload {\n        integration {\n          name\n          syncIntervalMinutes\n          status\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n      ... on InputError {\n        fields {\n          path\n          message\n        }\n      }\n    }\n  }\n": typeof types.UpdateDocument,
    "\n  mutation Pause($id: ID!) {\n    pauseIntegration(id: $id) {\n      __typename\n      ... on IntegrationPayload {\n        integration {\n          status\n          nextSyncAt\n        }\n      }\n    }\n  }\n": typeof types.PauseDocument,
    "\n  mutation Resume($id: ID!) {\n    resumeIntegration(id: $id) {\n      __typename\n      ... on IntegrationPayload {\n        integration {\n          status\n        }\n      }\n    }\n  }\n": typeof types.ResumeDocument,
    "\n  mutation SyncNow($id: ID!) {\n    syncIntegration(id: $id) {\n      __typename\n      ... on Error {\n        code\n      }\n    }\n  }\n": typeof types.SyncNowDocument,
    "\n  mutation Remove($id: ID!) {\n    deleteIntegration(id: $id) {\n      __typename\n    }\n  }\n": typeof types.RemoveDocument,
    "\n  query Forms {\n    providers {\n      key\n      inputName\n      name\n      category\n      fields {\n        name\n        label\n        help\n        secret\n        required\n        default\n      }\n      credentialsSchema\n      capabilities\n      documentationUrl\n    }\n  }\n": typeof types.FormsDocument,
    "\n  query LivePage {\n    guests(first: 20) {\n      edges {\n        node {\n          name\n          balances {\n            available {\n              ... on Money {\n                amount\n                currency\n              }\n              ... on Points {\n                amount\n              }\n            }\n          }\n          coupons {\n            id\n            expiresAt\n          }\n        }\n      }\n    }\n  }\n": typeof types.LivePageDocument,
    "\n  query GuestsToServe {\n    guests(first: 100) {\n      edges {\n        node {\n          id\n          phone\n          balances {\n            available {\n              __typename\n              ... on Money {\n                amount\n                currency\n              }\n              ... on Points {\n                amount\n              }\n            }\n          }\n          coupons {\n            id\n          }\n        }\n      }\n    }\n  }\n": typeof types.GuestsToServeDocument,
    "\n  mutation Create($input: CreateOrderInput!) {\n    createOrder(input: $input) {\n      __typename\n      ... on OrderPayload {\n        order {\n          id\n          number\n          status\n          refundStatus\n          total {\n            amount\n            currency\n          }\n          error {\n            code\n            message\n          }\n          spend {\n            ... on Points {\n              amount\n            }\n          }\n          profile {\n            id\n          }\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n      ... on InputError {\n        fields {\n          path\n          message\n        }\n      }\n    }\n  }\n": typeof types.CreateDocument,
    "\n  mutation Refund($input: RefundOrderInput!) {\n    refundOrder(input: $input) {\n      __typename\n      ... on OrderPayload {\n        order {\n          id\n          status\n          refundStatus\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n": typeof types.RefundDocument,
    "\n  mutation Settle($input: SettleOrderInput!) {\n    settleOrder(input: $input) {\n      __typename\n      ... on OrderPayload {\n        order {\n          status\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n": typeof types.SettleDocument,
    "\n  mutation Connect($input: ConnectIntegrationInput!) {\n    connectIntegration(input: $input) {\n      __typename\n      ... on ConnectIntegrationPayload {\n        integration {\n          id\n          status\n        }\n        syncRun {\n          id\n        }\n      }\n      ... on Error {\n        code\n        message\n        remedy\n      }\n      ... on InputError {\n        fields {\n          path\n          message\n        }\n      }\n      ... on IntegrationError {\n        providerMessage\n        providerStatus\n        retryAt\n      }\n    }\n  }\n": typeof types.ConnectDocument,
    "\n  query Run($id: ID!) {\n    node(id: $id) {\n      ... on SyncRun {\n        id\n        status\n        read\n        created\n        updated\n        unchanged\n        failed\n        errorCode\n        errorMessage\n        waitReason\n      }\n    }\n  }\n": typeof types.RunDocument,
    "\n  mutation StartSync($id: ID!) {\n    syncIntegration(id: $id) {\n      __typename\n      ... on SyncIntegrationPayload {\n        isNew\n        syncRun {\n          id\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n": typeof types.StartSyncDocument,
};
const documents: Documents = {
    "\n  query Everything {\n    viewer {\n      role\n      account {\n        name\n      }\n    }\n    integrations(first: 100) {\n      totalCount\n      edges {\n        node {\n          id\n        }\n      }\n    }\n    guests(first: 5) {\n      totalCount\n      edges {\n        node {\n          id\n          profiles {\n            id\n          }\n        }\n      }\n    }\n    syncRuns(first: 5) {\n      totalCount\n      edges {\n        node {\n          id\n        }\n      }\n    }\n    orders(first: 5) {\n      totalCount\n    }\n  }\n": types.EverythingDocument,
    "\n  query Nodes($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n    }\n  }\n": types.NodesDocument,
    "\n  mutation SyncIt($id: ID!) {\n    syncIntegration(id: $id) {\n      __typename\n      ... on Error {\n        code\n      }\n    }\n  }\n": types.SyncItDocument,
    "\n  mutation DeleteIt($id: ID!) {\n    deleteIntegration(id: $id) {\n      __typename\n      ... on Error {\n        code\n      }\n    }\n  }\n": types.DeleteItDocument,
    "\n  query Secrets {\n    integrations(first: 1) {\n      edges {\n        node {\n          credentials {\n            name\n            secret\n            preview\n          }\n        }\n      }\n    }\n    guests(first: 3) {\n      edges {\n        node {\n          coupons {\n            token\n          }\n          profiles {\n            raw\n          }\n        }\n      }\n    }\n  }\n": types.SecretsDocument,
    "\n  query Keys {\n    apiKeys {\n      edges {\n        node {\n          name\n          prefix\n        }\n      }\n    }\n  }\n": types.KeysDocument,
    "\n  mutation CreateKey($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      __typename\n      ... on CreateApiKeyPayload {\n        key\n        apiKey {\n          id\n          prefix\n        }\n      }\n    }\n  }\n": types.CreateKeyDocument,
    "\n  mutation RevokeKey($id: ID!) {\n    revokeApiKey(id: $id) {\n      __typename\n    }\n  }\n": types.RevokeKeyDocument,
    "\n  query Stored {\n    integrations(first: 100) {\n      totalCount\n    }\n    guests(first: 1) {\n      totalCount\n    }\n  }\n": types.StoredDocument,
    "\n  mutation TestIt($id: ID!) {\n    testIntegration(id: $id) {\n      __typename\n      ... on TestIntegrationPayload {\n        integration {\n          status\n          error {\n            code\n            message\n          }\n        }\n        test {\n          ok\n          durationMs\n          steps {\n            name\n            ok\n            durationMs\n            error {\n              code\n              message\n              remedy\n            }\n          }\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n": types.TestItDocument,
    "\n  mutation Update($input: UpdateIntegrationInput!) {\n    updateIntegration(input: $input) {\n      __typename\n      ... on IntegrationPayload {\n        integration {\n          name\n          syncIntervalMinutes\n          status\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n      ... on InputError {\n        fields {\n          path\n          message\n        }\n      }\n    }\n  }\n": types.UpdateDocument,
    "\n  mutation Pause($id: ID!) {\n    pauseIntegration(id: $id) {\n      __typename\n      ... on IntegrationPayload {\n        integration {\n          status\n          nextSyncAt\n        }\n      }\n    }\n  }\n": types.PauseDocument,
    "\n  mutation Resume($id: ID!) {\n    resumeIntegration(id: $id) {\n      __typename\n      ... on IntegrationPayload {\n        integration {\n          status\n        }\n      }\n    }\n  }\n": types.ResumeDocument,
    "\n  mutation SyncNow($id: ID!) {\n    syncIntegration(id: $id) {\n      __typename\n      ... on Error {\n        code\n      }\n    }\n  }\n": types.SyncNowDocument,
    "\n  mutation Remove($id: ID!) {\n    deleteIntegration(id: $id) {\n      __typename\n    }\n  }\n": types.RemoveDocument,
    "\n  query Forms {\n    providers {\n      key\n      inputName\n      name\n      category\n      fields {\n        name\n        label\n        help\n        secret\n        required\n        default\n      }\n      credentialsSchema\n      capabilities\n      documentationUrl\n    }\n  }\n": types.FormsDocument,
    "\n  query LivePage {\n    guests(first: 20) {\n      edges {\n        node {\n          name\n          balances {\n            available {\n              ... on Money {\n                amount\n                currency\n              }\n              ... on Points {\n                amount\n              }\n            }\n          }\n          coupons {\n            id\n            expiresAt\n          }\n        }\n      }\n    }\n  }\n": types.LivePageDocument,
    "\n  query GuestsToServe {\n    guests(first: 100) {\n      edges {\n        node {\n          id\n          phone\n          balances {\n            available {\n              __typename\n              ... on Money {\n                amount\n                currency\n              }\n              ... on Points {\n                amount\n              }\n            }\n          }\n          coupons {\n            id\n          }\n        }\n      }\n    }\n  }\n": types.GuestsToServeDocument,
    "\n  mutation Create($input: CreateOrderInput!) {\n    createOrder(input: $input) {\n      __typename\n      ... on OrderPayload {\n        order {\n          id\n          number\n          status\n          refundStatus\n          total {\n            amount\n            currency\n          }\n          error {\n            code\n            message\n          }\n          spend {\n            ... on Points {\n              amount\n            }\n          }\n          profile {\n            id\n          }\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n      ... on InputError {\n        fields {\n          path\n          message\n        }\n      }\n    }\n  }\n": types.CreateDocument,
    "\n  mutation Refund($input: RefundOrderInput!) {\n    refundOrder(input: $input) {\n      __typename\n      ... on OrderPayload {\n        order {\n          id\n          status\n          refundStatus\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n": types.RefundDocument,
    "\n  mutation Settle($input: SettleOrderInput!) {\n    settleOrder(input: $input) {\n      __typename\n      ... on OrderPayload {\n        order {\n          status\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n": types.SettleDocument,
    "\n  mutation Connect($input: ConnectIntegrationInput!) {\n    connectIntegration(input: $input) {\n      __typename\n      ... on ConnectIntegrationPayload {\n        integration {\n          id\n          status\n        }\n        syncRun {\n          id\n        }\n      }\n      ... on Error {\n        code\n        message\n        remedy\n      }\n      ... on InputError {\n        fields {\n          path\n          message\n        }\n      }\n      ... on IntegrationError {\n        providerMessage\n        providerStatus\n        retryAt\n      }\n    }\n  }\n": types.ConnectDocument,
    "\n  query Run($id: ID!) {\n    node(id: $id) {\n      ... on SyncRun {\n        id\n        status\n        read\n        created\n        updated\n        unchanged\n        failed\n        errorCode\n        errorMessage\n        waitReason\n      }\n    }\n  }\n": types.RunDocument,
    "\n  mutation StartSync($id: ID!) {\n    syncIntegration(id: $id) {\n      __typename\n      ... on SyncIntegrationPayload {\n        isNew\n        syncRun {\n          id\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n": types.StartSyncDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Everything {\n    viewer {\n      role\n      account {\n        name\n      }\n    }\n    integrations(first: 100) {\n      totalCount\n      edges {\n        node {\n          id\n        }\n      }\n    }\n    guests(first: 5) {\n      totalCount\n      edges {\n        node {\n          id\n          profiles {\n            id\n          }\n        }\n      }\n    }\n    syncRuns(first: 5) {\n      totalCount\n      edges {\n        node {\n          id\n        }\n      }\n    }\n    orders(first: 5) {\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query Everything {\n    viewer {\n      role\n      account {\n        name\n      }\n    }\n    integrations(first: 100) {\n      totalCount\n      edges {\n        node {\n          id\n        }\n      }\n    }\n    guests(first: 5) {\n      totalCount\n      edges {\n        node {\n          id\n          profiles {\n            id\n          }\n        }\n      }\n    }\n    syncRuns(first: 5) {\n      totalCount\n      edges {\n        node {\n          id\n        }\n      }\n    }\n    orders(first: 5) {\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Nodes($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n    }\n  }\n"): (typeof documents)["\n  query Nodes($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SyncIt($id: ID!) {\n    syncIntegration(id: $id) {\n      __typename\n      ... on Error {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SyncIt($id: ID!) {\n    syncIntegration(id: $id) {\n      __typename\n      ... on Error {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteIt($id: ID!) {\n    deleteIntegration(id: $id) {\n      __typename\n      ... on Error {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteIt($id: ID!) {\n    deleteIntegration(id: $id) {\n      __typename\n      ... on Error {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Secrets {\n    integrations(first: 1) {\n      edges {\n        node {\n          credentials {\n            name\n            secret\n            preview\n          }\n        }\n      }\n    }\n    guests(first: 3) {\n      edges {\n        node {\n          coupons {\n            token\n          }\n          profiles {\n            raw\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Secrets {\n    integrations(first: 1) {\n      edges {\n        node {\n          credentials {\n            name\n            secret\n            preview\n          }\n        }\n      }\n    }\n    guests(first: 3) {\n      edges {\n        node {\n          coupons {\n            token\n          }\n          profiles {\n            raw\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Keys {\n    apiKeys {\n      edges {\n        node {\n          name\n          prefix\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Keys {\n    apiKeys {\n      edges {\n        node {\n          name\n          prefix\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateKey($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      __typename\n      ... on CreateApiKeyPayload {\n        key\n        apiKey {\n          id\n          prefix\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateKey($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      __typename\n      ... on CreateApiKeyPayload {\n        key\n        apiKey {\n          id\n          prefix\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeKey($id: ID!) {\n    revokeApiKey(id: $id) {\n      __typename\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeKey($id: ID!) {\n    revokeApiKey(id: $id) {\n      __typename\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Stored {\n    integrations(first: 100) {\n      totalCount\n    }\n    guests(first: 1) {\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query Stored {\n    integrations(first: 100) {\n      totalCount\n    }\n    guests(first: 1) {\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TestIt($id: ID!) {\n    testIntegration(id: $id) {\n      __typename\n      ... on TestIntegrationPayload {\n        integration {\n          status\n          error {\n            code\n            message\n          }\n        }\n        test {\n          ok\n          durationMs\n          steps {\n            name\n            ok\n            durationMs\n            error {\n              code\n              message\n              remedy\n            }\n          }\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation TestIt($id: ID!) {\n    testIntegration(id: $id) {\n      __typename\n      ... on TestIntegrationPayload {\n        integration {\n          status\n          error {\n            code\n            message\n          }\n        }\n        test {\n          ok\n          durationMs\n          steps {\n            name\n            ok\n            durationMs\n            error {\n              code\n              message\n              remedy\n            }\n          }\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Update($input: UpdateIntegrationInput!) {\n    updateIntegration(input: $input) {\n      __typename\n      ... on IntegrationPayload {\n        integration {\n          name\n          syncIntervalMinutes\n          status\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n      ... on InputError {\n        fields {\n          path\n          message\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Update($input: UpdateIntegrationInput!) {\n    updateIntegration(input: $input) {\n      __typename\n      ... on IntegrationPayload {\n        integration {\n          name\n          syncIntervalMinutes\n          status\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n      ... on InputError {\n        fields {\n          path\n          message\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Pause($id: ID!) {\n    pauseIntegration(id: $id) {\n      __typename\n      ... on IntegrationPayload {\n        integration {\n          status\n          nextSyncAt\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Pause($id: ID!) {\n    pauseIntegration(id: $id) {\n      __typename\n      ... on IntegrationPayload {\n        integration {\n          status\n          nextSyncAt\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Resume($id: ID!) {\n    resumeIntegration(id: $id) {\n      __typename\n      ... on IntegrationPayload {\n        integration {\n          status\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Resume($id: ID!) {\n    resumeIntegration(id: $id) {\n      __typename\n      ... on IntegrationPayload {\n        integration {\n          status\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SyncNow($id: ID!) {\n    syncIntegration(id: $id) {\n      __typename\n      ... on Error {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SyncNow($id: ID!) {\n    syncIntegration(id: $id) {\n      __typename\n      ... on Error {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Remove($id: ID!) {\n    deleteIntegration(id: $id) {\n      __typename\n    }\n  }\n"): (typeof documents)["\n  mutation Remove($id: ID!) {\n    deleteIntegration(id: $id) {\n      __typename\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Forms {\n    providers {\n      key\n      inputName\n      name\n      category\n      fields {\n        name\n        label\n        help\n        secret\n        required\n        default\n      }\n      credentialsSchema\n      capabilities\n      documentationUrl\n    }\n  }\n"): (typeof documents)["\n  query Forms {\n    providers {\n      key\n      inputName\n      name\n      category\n      fields {\n        name\n        label\n        help\n        secret\n        required\n        default\n      }\n      credentialsSchema\n      capabilities\n      documentationUrl\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LivePage {\n    guests(first: 20) {\n      edges {\n        node {\n          name\n          balances {\n            available {\n              ... on Money {\n                amount\n                currency\n              }\n              ... on Points {\n                amount\n              }\n            }\n          }\n          coupons {\n            id\n            expiresAt\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query LivePage {\n    guests(first: 20) {\n      edges {\n        node {\n          name\n          balances {\n            available {\n              ... on Money {\n                amount\n                currency\n              }\n              ... on Points {\n                amount\n              }\n            }\n          }\n          coupons {\n            id\n            expiresAt\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GuestsToServe {\n    guests(first: 100) {\n      edges {\n        node {\n          id\n          phone\n          balances {\n            available {\n              __typename\n              ... on Money {\n                amount\n                currency\n              }\n              ... on Points {\n                amount\n              }\n            }\n          }\n          coupons {\n            id\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query GuestsToServe {\n    guests(first: 100) {\n      edges {\n        node {\n          id\n          phone\n          balances {\n            available {\n              __typename\n              ... on Money {\n                amount\n                currency\n              }\n              ... on Points {\n                amount\n              }\n            }\n          }\n          coupons {\n            id\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Create($input: CreateOrderInput!) {\n    createOrder(input: $input) {\n      __typename\n      ... on OrderPayload {\n        order {\n          id\n          number\n          status\n          refundStatus\n          total {\n            amount\n            currency\n          }\n          error {\n            code\n            message\n          }\n          spend {\n            ... on Points {\n              amount\n            }\n          }\n          profile {\n            id\n          }\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n      ... on InputError {\n        fields {\n          path\n          message\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Create($input: CreateOrderInput!) {\n    createOrder(input: $input) {\n      __typename\n      ... on OrderPayload {\n        order {\n          id\n          number\n          status\n          refundStatus\n          total {\n            amount\n            currency\n          }\n          error {\n            code\n            message\n          }\n          spend {\n            ... on Points {\n              amount\n            }\n          }\n          profile {\n            id\n          }\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n      ... on InputError {\n        fields {\n          path\n          message\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Refund($input: RefundOrderInput!) {\n    refundOrder(input: $input) {\n      __typename\n      ... on OrderPayload {\n        order {\n          id\n          status\n          refundStatus\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Refund($input: RefundOrderInput!) {\n    refundOrder(input: $input) {\n      __typename\n      ... on OrderPayload {\n        order {\n          id\n          status\n          refundStatus\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Settle($input: SettleOrderInput!) {\n    settleOrder(input: $input) {\n      __typename\n      ... on OrderPayload {\n        order {\n          status\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Settle($input: SettleOrderInput!) {\n    settleOrder(input: $input) {\n      __typename\n      ... on OrderPayload {\n        order {\n          status\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Connect($input: ConnectIntegrationInput!) {\n    connectIntegration(input: $input) {\n      __typename\n      ... on ConnectIntegrationPayload {\n        integration {\n          id\n          status\n        }\n        syncRun {\n          id\n        }\n      }\n      ... on Error {\n        code\n        message\n        remedy\n      }\n      ... on InputError {\n        fields {\n          path\n          message\n        }\n      }\n      ... on IntegrationError {\n        providerMessage\n        providerStatus\n        retryAt\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Connect($input: ConnectIntegrationInput!) {\n    connectIntegration(input: $input) {\n      __typename\n      ... on ConnectIntegrationPayload {\n        integration {\n          id\n          status\n        }\n        syncRun {\n          id\n        }\n      }\n      ... on Error {\n        code\n        message\n        remedy\n      }\n      ... on InputError {\n        fields {\n          path\n          message\n        }\n      }\n      ... on IntegrationError {\n        providerMessage\n        providerStatus\n        retryAt\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Run($id: ID!) {\n    node(id: $id) {\n      ... on SyncRun {\n        id\n        status\n        read\n        created\n        updated\n        unchanged\n        failed\n        errorCode\n        errorMessage\n        waitReason\n      }\n    }\n  }\n"): (typeof documents)["\n  query Run($id: ID!) {\n    node(id: $id) {\n      ... on SyncRun {\n        id\n        status\n        read\n        created\n        updated\n        unchanged\n        failed\n        errorCode\n        errorMessage\n        waitReason\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartSync($id: ID!) {\n    syncIntegration(id: $id) {\n      __typename\n      ... on SyncIntegrationPayload {\n        isNew\n        syncRun {\n          id\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation StartSync($id: ID!) {\n    syncIntegration(id: $id) {\n      __typename\n      ... on SyncIntegrationPayload {\n        isNew\n        syncRun {\n          id\n        }\n      }\n      ... on Error {\n        code\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;